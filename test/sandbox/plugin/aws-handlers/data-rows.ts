import {
  AddTagsToResourceCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  ModifyDBSubnetGroupCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import {
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { DeleteSecretCommand, SecretsManagerClient, TagResourceCommand } from "@aws-sdk/client-secrets-manager";
import type { Properties } from "../../../../sandbox/plugin/handler";
import { aSecurityGroup, aSubnet, aVpc } from "./network-rows";
import type { HandlerRow, World } from "./row";

const rds = (world: World): RDSClient => world.client(RDSClient);
const s3 = (world: World): S3Client => world.client(S3Client);

const aSubnetGroup = async (world: World, vpcId: string): Promise<Properties> => ({
  name: "slipway-row",
  description: "Databases",
  subnetIds: [await aSubnet(world, vpcId, "a"), await aSubnet(world, vpcId, "b")],
});

const parameters: Properties = {
  name: "slipway-parameters",
  family: "postgres15",
  description: "Parameters",
  parameters: [{ name: "log_statement", value: "ddl" }],
};

const aBucket = async (world: World): Promise<string> =>
  (await world.make("aws:s3/bucket:Bucket", { bucket: "slipway-row-bucket", forceDestroy: true })).id;

const bucketPolicy = (action: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: action, Resource: "arn:aws:s3:::slipway-row-bucket/*" }],
  });

export const dataRows: readonly HandlerRow[] = [
  {
    type: "aws:rds/instance:Instance",
    inputs: async (world) => {
      const vpcId = await aVpc(world);
      const group = await world.make("aws:rds/subnetGroup:SubnetGroup", await aSubnetGroup(world, vpcId));
      const settings = await world.make("aws:rds/parameterGroup:ParameterGroup", parameters);
      return {
        identifier: "slipway-db",
        engine: "postgres",
        engineVersion: "15",
        instanceClass: "db.t3.medium",
        allocatedStorage: 20,
        storageType: "gp3",
        storageEncrypted: true,
        dbName: "app",
        username: "app_admin",
        password: "Str0ng-enough-for-RDS",
        port: 5432,
        multiAz: false,
        dbSubnetGroupName: group.id,
        parameterGroupName: settings.id,
        vpcSecurityGroupIds: [await aSecurityGroup(world, vpcId)],
        backupRetentionPeriod: 7,
        backupWindow: "02:00-03:00",
        // The windows may touch.
        maintenanceWindow: "sun:03:00-sun:04:00",
        copyTagsToSnapshot: true,
        applyImmediately: true,
        skipFinalSnapshot: true,
        tags: { Name: "db" },
      };
    },
    change: { instanceClass: "db.t3.large", backupRetentionPeriod: 14, tags: { Name: "renamed" } },
    drift: {
      by: async ({ outputs }, world) => {
        const identifier = String(outputs["identifier"]);
        const resized = { DBInstanceIdentifier: identifier, DBInstanceClass: "db.m5.large", ApplyImmediately: true };
        await rds(world).send(new ModifyDBInstanceCommand(resized));
        const tag = { ResourceName: String(outputs["arn"]), Tags: [{ Key: "Owner", Value: "somebody" }] };
        await rds(world).send(new AddTagsToResourceCommand(tag));
      },
      shows: { instanceClass: "db.m5.large", tags: { Name: "renamed", Owner: "somebody" } },
    },
    computed: {
      id: /^db-[A-Z0-9]+$/,
      arn: /:db:slipway-db$/,
      address: /^slipway-db\./,
      endpoint: /^slipway-db\..*:5432$/,
      engineVersionActual: /^15/,
    },
  },
  {
    type: "aws:rds/subnetGroup:SubnetGroup",
    inputs: async (world) => ({
      ...(await aSubnetGroup(world, await aVpc(world))),
      name: "slipway-group",
      tags: { Name: "group" },
    }),
    change: { description: "Renamed", tags: { Name: "renamed" } },
    drift: {
      by: ({ id, outputs }, world) => {
        const [first] = outputs["subnetIds"] as string[];
        drifted.subnetIds = first ? [first] : [];
        const change = { DBSubnetGroupName: id, DBSubnetGroupDescription: "Renamed", SubnetIds: drifted.subnetIds };
        return rds(world).send(new ModifyDBSubnetGroupCommand(change));
      },
      get shows() {
        return { subnetIds: drifted.subnetIds };
      },
    },
    computed: { id: /^slipway-group$/, arn: /:subgrp:slipway-group$/, vpcId: /^vpc-/ },
  },
  {
    type: "aws:rds/parameterGroup:ParameterGroup",
    inputs: async () => ({ ...parameters, tags: { Name: "parameters" } }),
    change: {
      parameters: [
        { name: "log_statement", value: "all" },
        { name: "rds.force_ssl", value: "1" },
      ],
    },
    drift: {
      by: ({ id }, world) =>
        rds(world).send(
          new ModifyDBParameterGroupCommand({
            DBParameterGroupName: id,
            Parameters: [{ ParameterName: "rds.force_ssl", ParameterValue: "0", ApplyMethod: "immediate" }],
          }),
        ),
      shows: {
        parameters: [
          { name: "log_statement", value: "all", applyMethod: "immediate" },
          { name: "rds.force_ssl", value: "0", applyMethod: "immediate" },
        ],
      },
    },
    computed: { id: /^slipway-parameters$/, arn: /:pg:slipway-parameters$/ },
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    inputs: async () => ({
      name: "slipway/license",
      description: "License",
      recoveryWindowInDays: 7,
      tags: { Name: "license" },
    }),
    change: { description: "Renamed", recoveryWindowInDays: 0 },
    drift: {
      by: ({ id }, world) =>
        world
          .client(SecretsManagerClient)
          .send(new TagResourceCommand({ SecretId: id, Tags: [{ Key: "Owner", Value: "somebody" }] })),
      shows: { tags: { Name: "license", Owner: "somebody" } },
    },
    computed: { id: /^arn:aws:secretsmanager:eu-central-1:\d{12}:secret:slipway\/license-\w{6}$/ },
  },
  {
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    inputs: async (world) => {
      const secret = await world.make("aws:secretsmanager/secret:Secret", { name: "row", recoveryWindowInDays: 0 });
      return { secretId: secret.id, secretString: '{"password":"a"}' };
    },
    change: { versionStages: ["AWSCURRENT", "RELEASE"] },
    computed: {
      id: /^arn:aws:secretsmanager:.*\|[0-9a-f-]{36}$/,
      versionId: /^[0-9a-f-]{36}$/,
      arn: /^arn:aws:secretsmanager:/,
    },
    drift: {
      by: ({ outputs }, world) => {
        const SecretId = String(outputs["secretId"]);
        return world
          .client(SecretsManagerClient)
          .send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
      },
      shows: { versionId: undefined },
    },
  },
  {
    type: "aws:s3/bucket:Bucket",
    inputs: async () => ({ bucket: "slipway-logs-bucket", tags: { Name: "logs" } }),
    change: { tags: { Name: "renamed" }, forceDestroy: true },
    drift: {
      by: ({ id }, world) =>
        s3(world).send(
          new PutBucketTaggingCommand({ Bucket: id, Tagging: { TagSet: [{ Key: "Owner", Value: "somebody" }] } }),
        ),
      shows: { tags: { Owner: "somebody" }, tagsAll: { Owner: "somebody" } },
    },
    computed: {
      id: /^slipway-logs-bucket$/,
      arn: /^arn:aws:s3:::slipway-logs-bucket$/,
      bucketRegionalDomainName: /\.s3\.eu-central-1\./,
    },
  },
  {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    inputs: async (world) => ({ bucket: await aBucket(world), blockPublicAcls: true, restrictPublicBuckets: true }),
    change: { blockPublicPolicy: true, ignorePublicAcls: true },
    drift: {
      by: ({ id }, world) =>
        s3(world).send(
          new PutPublicAccessBlockCommand({ Bucket: id, PublicAccessBlockConfiguration: { BlockPublicAcls: false } }),
        ),
      shows: { blockPublicAcls: false },
    },
    computed: { id: /^slipway-row-bucket$/ },
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    inputs: async (world) => ({ bucket: await aBucket(world), policy: bucketPolicy("s3:PutObject") }),
    change: { policy: bucketPolicy("s3:GetObject") },
    drift: {
      by: ({ id }, world) =>
        s3(world).send(new PutBucketPolicyCommand({ Bucket: id, Policy: bucketPolicy("s3:DeleteObject") })),
      shows: { policy: bucketPolicy("s3:DeleteObject") },
    },
    computed: { id: /^slipway-row-bucket$/ },
  },
];

/** Known only while the row runs. */
const drifted: { subnetIds: string[] } = { subnetIds: [] };
