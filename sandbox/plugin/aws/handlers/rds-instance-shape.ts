import type { CreateDBInstanceCommandInput, DBInstance } from "@aws-sdk/client-rds";
import type { Properties } from "../../handler";
import type { Tagged } from "../tags";

/** Inputs of a database instance, in Pulumi's names. */
export interface RdsInstanceInputs extends Tagged {
  readonly identifier: string;
  readonly engine?: string;
  readonly engineVersion?: string;
  readonly instanceClass: string;
  readonly allocatedStorage?: number;
  readonly maxAllocatedStorage?: number;
  readonly storageType?: string;
  readonly storageEncrypted?: boolean;
  readonly iops?: number;
  readonly kmsKeyId?: string;
  readonly dbName?: string;
  readonly username?: string;
  readonly password?: string;
  readonly port?: number;
  readonly multiAz?: boolean;
  readonly availabilityZone?: string;
  readonly dbSubnetGroupName?: string;
  readonly parameterGroupName?: string;
  readonly vpcSecurityGroupIds?: readonly string[];
  readonly publiclyAccessible?: boolean;
  readonly backupRetentionPeriod?: number;
  readonly backupWindow?: string;
  readonly maintenanceWindow?: string;
  readonly copyTagsToSnapshot?: boolean;
  readonly autoMinorVersionUpgrade?: boolean;
  readonly deletionProtection?: boolean;
  readonly deleteAutomatedBackups?: boolean;
  readonly monitoringInterval?: number;
  readonly monitoringRoleArn?: string;
  readonly performanceInsightsEnabled?: boolean;
  readonly performanceInsightsRetentionPeriod?: number;
  readonly enabledCloudwatchLogsExports?: readonly string[];
  readonly caCertIdentifier?: string;
  readonly applyImmediately?: boolean;
  readonly allowMajorVersionUpgrade?: boolean;
  readonly skipFinalSnapshot?: boolean;
  readonly finalSnapshotIdentifier?: string;
}

/** Settings that CreateDBInstance and ModifyDBInstance share, by the Pulumi property that they come from. */
export function changeableSettings(inputs: Partial<RdsInstanceInputs>) {
  return {
    engineVersion: { EngineVersion: inputs.engineVersion },
    instanceClass: { DBInstanceClass: inputs.instanceClass },
    allocatedStorage: { AllocatedStorage: inputs.allocatedStorage },
    maxAllocatedStorage: { MaxAllocatedStorage: inputs.maxAllocatedStorage },
    storageType: { StorageType: inputs.storageType },
    iops: { Iops: inputs.iops },
    password: { MasterUserPassword: inputs.password },
    multiAz: { MultiAZ: inputs.multiAz },
    dbSubnetGroupName: { DBSubnetGroupName: inputs.dbSubnetGroupName },
    parameterGroupName: { DBParameterGroupName: inputs.parameterGroupName },
    vpcSecurityGroupIds: { VpcSecurityGroupIds: inputs.vpcSecurityGroupIds && [...inputs.vpcSecurityGroupIds] },
    publiclyAccessible: { PubliclyAccessible: inputs.publiclyAccessible },
    backupRetentionPeriod: { BackupRetentionPeriod: inputs.backupRetentionPeriod },
    backupWindow: { PreferredBackupWindow: inputs.backupWindow },
    maintenanceWindow: { PreferredMaintenanceWindow: inputs.maintenanceWindow },
    copyTagsToSnapshot: { CopyTagsToSnapshot: inputs.copyTagsToSnapshot },
    autoMinorVersionUpgrade: { AutoMinorVersionUpgrade: inputs.autoMinorVersionUpgrade },
    deletionProtection: { DeletionProtection: inputs.deletionProtection },
    monitoringInterval: { MonitoringInterval: inputs.monitoringInterval },
    monitoringRoleArn: { MonitoringRoleArn: inputs.monitoringRoleArn },
    performanceInsightsEnabled: { EnablePerformanceInsights: inputs.performanceInsightsEnabled },
    performanceInsightsRetentionPeriod: {
      PerformanceInsightsRetentionPeriod: inputs.performanceInsightsRetentionPeriod,
    },
    caCertIdentifier: { CACertificateIdentifier: inputs.caCertIdentifier },
  } as const satisfies Partial<Record<keyof RdsInstanceInputs, object>>;
}

/** Request that makes an instance. */
export function toInstance(inputs: RdsInstanceInputs): CreateDBInstanceCommandInput {
  const settings = Object.assign(
    {},
    ...Object.values(changeableSettings(inputs)),
  ) as Partial<CreateDBInstanceCommandInput>;
  return {
    ...settings,
    DBInstanceIdentifier: inputs.identifier,
    DBInstanceClass: inputs.instanceClass,
    Engine: inputs.engine,
    DBName: inputs.dbName,
    MasterUsername: inputs.username,
    Port: inputs.port,
    AvailabilityZone: inputs.availabilityZone,
    StorageEncrypted: inputs.storageEncrypted,
    KmsKeyId: inputs.kmsKeyId,
    EnableCloudwatchLogsExports: inputs.enabledCloudwatchLogsExports && [...inputs.enabledCloudwatchLogsExports],
  };
}

/**
 * An instance in Pulumi's names. `password` and what only concerns the deletion are not told by AWS. What waits for the
 * maintenance window is not told either: the provider shows it as done, so that it is not asked for again and again.
 */
export function fromInstance(found: DBInstance, known: Partial<RdsInstanceInputs>): Properties {
  const { Address, Port, HostedZoneId } = found.Endpoint ?? {};
  const port = Port ?? found.DbInstancePort ?? known.port;
  const address = Address ?? "";
  const waiting = found.PendingModifiedValues ?? {};
  return {
    arn: found.DBInstanceArn,
    identifier: found.DBInstanceIdentifier,
    resourceId: found.DbiResourceId,
    address,
    port,
    endpoint: `${address}:${port}`,
    hostedZoneId: HostedZoneId,
    status: found.DBInstanceStatus,
    engine: found.Engine,
    engineVersion: version(known.engineVersion, found.EngineVersion),
    engineVersionActual: found.EngineVersion,
    instanceClass: waiting.DBInstanceClass ?? found.DBInstanceClass,
    allocatedStorage: grown(known, waiting.AllocatedStorage ?? found.AllocatedStorage),
    maxAllocatedStorage: found.MaxAllocatedStorage ?? known.maxAllocatedStorage,
    storageType: found.StorageType,
    storageEncrypted: found.StorageEncrypted ?? false,
    iops: found.Iops,
    kmsKeyId: found.KmsKeyId,
    dbName: found.DBName,
    username: found.MasterUsername,
    multiAz: waiting.MultiAZ ?? found.MultiAZ ?? false,
    availabilityZone: found.AvailabilityZone ?? known.availabilityZone,
    dbSubnetGroupName: found.DBSubnetGroup?.DBSubnetGroupName,
    parameterGroupName: found.DBParameterGroups?.[0]?.DBParameterGroupName,
    vpcSecurityGroupIds: (found.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? ""),
    publiclyAccessible: found.PubliclyAccessible ?? false,
    backupRetentionPeriod: waiting.BackupRetentionPeriod ?? found.BackupRetentionPeriod ?? 0,
    backupWindow: found.PreferredBackupWindow,
    maintenanceWindow: found.PreferredMaintenanceWindow?.toLowerCase(),
    copyTagsToSnapshot: found.CopyTagsToSnapshot ?? false,
    autoMinorVersionUpgrade: found.AutoMinorVersionUpgrade ?? true,
    deletionProtection: found.DeletionProtection ?? false,
    monitoringInterval: found.MonitoringInterval ?? 0,
    performanceInsightsEnabled: found.PerformanceInsightsEnabled ?? known.performanceInsightsEnabled ?? false,
    caCertIdentifier: found.CACertificateIdentifier,
    licenseModel: found.LicenseModel,
    networkType: found.NetworkType ?? "IPV4",
    ...(known.enabledCloudwatchLogsExports
      ? { enabledCloudwatchLogsExports: found.EnabledCloudwatchLogsExports ?? [] }
      : {}),
  };
}

/** `15` asks for any 15: the running `15.7` is no change. */
function version(asked: string | undefined, running: string | undefined): string | undefined {
  return asked !== undefined && running?.startsWith(`${asked}.`) ? asked : running;
}

/** Storage that grew by itself, as it was allowed to, is no change. */
function grown(
  { allocatedStorage, maxAllocatedStorage }: Partial<RdsInstanceInputs>,
  found: number | undefined,
): number | undefined {
  const mayGrow = maxAllocatedStorage !== undefined && maxAllocatedStorage > 0;
  return mayGrow && allocatedStorage !== undefined && (found ?? 0) > allocatedStorage ? allocatedStorage : found;
}
