import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as aws from "../aws";
import type { DatabaseConfig } from "../config/schema";
import type { Names } from "../naming";
import { masterPassword } from "./credentials";
import { followsMinorVersions, parameterFamily, parametersOf, postgresPort } from "./engine";

export interface DatabaseArgs {
  readonly names: Names;
  /** Decides which children exist. */
  readonly config: DatabaseConfig;
  /** Subnets in at least two zones. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  /** The Pulumi secret `slipway:databasePassword`; needed when the password's source is `supplied`. */
  readonly suppliedPassword?: pulumi.Output<string> | undefined;
  /** Takes `protect` and deletion protection off, as the step before a destroy. @default false */
  readonly teardown?: boolean | undefined;
}

/**
 * One RDS PostgreSQL instance with its credentials in Secrets Manager: encrypted, without a public address.
 *
 * **Cost**: the instance class, twice with Multi-AZ, the storage ($0.137 a GB and month for gp3 in eu-central-1) and
 * $0.40 a month for the secret.
 */
export class Database extends pulumi.ComponentResource {
  /** RDS instance identifier. */
  readonly instanceId: pulumi.Output<string>;
  /** Host name, without the port. */
  readonly endpoint: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** Name of the database inside the instance. */
  readonly databaseName: pulumi.Output<string>;
  /** Secret with the fields host, port, database, username and password. */
  readonly secretArn: pulumi.Output<string>;

  /** @throws pulumi.RunError when the password is to be supplied and is not */
  constructor(name: string, args: DatabaseArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:database:Database", name, {}, opts);
    const { config } = args;

    const password = masterPassword(name, { source: config.password.source, supplied: args.suppliedPassword }, this);
    const instance = makeInstance(name, args, password, this);

    this.instanceId = instance.identifier;
    this.endpoint = instance.address;
    this.port = instance.port;
    this.databaseName = pulumi.output(config.name);
    this.secretArn = makeSecret(name, args, { instance, password }, this);
    this.registerOutputs({
      instanceId: this.instanceId,
      endpoint: this.endpoint,
      port: this.port,
      databaseName: this.databaseName,
      secretArn: this.secretArn,
    });
  }
}

function makeInstance(
  name: string,
  { names, config, ...args }: DatabaseArgs,
  password: pulumi.Output<string>,
  parent: pulumi.Resource,
): aws.rds.Instance {
  const guarded = args.teardown !== true;
  const subnets = new aws.rds.SubnetGroup(
    `${name}-subnets`,
    { description: "Subnets of the database", subnetIds: args.subnetIds },
    { parent },
  );
  const parameters = new aws.rds.ParameterGroup(
    `${name}-parameters`,
    {
      description: "Parameters of the database",
      family: parameterFamily(config.engineVersion),
      parameters: parametersOf(config.parameters),
    },
    { parent },
  );
  return new aws.rds.Instance(
    `${name}-instance`,
    {
      identifier: names.database,
      engine: "postgres",
      engineVersion: config.engineVersion,
      autoMinorVersionUpgrade: followsMinorVersions(config.engineVersion),
      instanceClass: config.instanceClass,
      ...storageOf(config),
      dbName: config.name,
      username: config.username,
      password,
      port: postgresPort,
      multiAz: config.multiAz,
      publiclyAccessible: false,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [args.securityGroupId],
      parameterGroupName: parameters.name,
      backupRetentionPeriod: config.backupRetentionDays,
      ...(config.backupWindow === undefined ? {} : { backupWindow: config.backupWindow }),
      ...(config.maintenanceWindow === undefined ? {} : { maintenanceWindow: config.maintenanceWindow }),
      copyTagsToSnapshot: true,
      deletionProtection: config.deletionProtection && guarded,
      ...finalSnapshotOf(name, { names, config }, parent),
      applyImmediately: config.applyImmediately,
      performanceInsightsEnabled: config.performanceInsights,
    },
    // A replacement would begin with an empty database: it needs a migration, which nobody starts by accident.
    { parent, protect: config.protect && guarded },
  );
}

function storageOf(config: DatabaseConfig) {
  return {
    allocatedStorage: config.storageGb,
    ...(config.maxStorageGb === undefined ? {} : { maxAllocatedStorage: config.maxStorageGb }),
    storageType: config.storageType,
    storageEncrypted: true,
    ...(config.kmsKeyArn === undefined ? {} : { kmsKeyId: config.kmsKeyArn }),
  };
}

/** AWS wants a name that no snapshot has yet, at the moment of deletion; it stays the same until there is another instance. */
function finalSnapshotOf(
  name: string,
  { names, config }: Pick<DatabaseArgs, "names" | "config">,
  parent: pulumi.Resource,
): Pick<aws.rds.InstanceArgs, "skipFinalSnapshot" | "finalSnapshotIdentifier"> {
  if (!config.finalSnapshot) return { skipFinalSnapshot: true };
  const suffix = new random.RandomId(
    `${name}-final-snapshot`,
    {
      byteLength: 4,
      // What replaces the instance: the old one has taken its snapshot under the old name by then.
      keepers: {
        identifier: names.database,
        database: config.name,
        username: config.username,
        key: config.kmsKeyArn ?? "",
      },
    },
    { parent },
  );
  return {
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: pulumi.interpolate`${names.database}-final-${suffix.hex}`,
  };
}

function makeSecret(
  name: string,
  { names, config }: DatabaseArgs,
  { instance, password }: { readonly instance: aws.rds.Instance; readonly password: pulumi.Output<string> },
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const secret = new aws.secretsmanager.Secret(
    `${name}-secret`,
    {
      name: names.secret("database"),
      description: "Credentials of the database",
      recoveryWindowInDays: config.secretRecoveryDays,
    },
    { parent },
  );
  const fields = {
    host: instance.address,
    port: postgresPort,
    database: config.name,
    username: config.username,
    password,
  };
  new aws.secretsmanager.SecretVersion(
    `${name}-credentials`,
    { secretId: secret.arn, secretString: pulumi.jsonStringify(fields) },
    { parent },
  );
  return secret.arn;
}
