import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { ownDatabase } from "../../../infra/config/database";
import { Database, type DatabaseArgs } from "../../../infra/database/database";
import { makeNames } from "../../../infra/naming";
import { recordResources, resourceNamed, settled, valueOf, type Recorded } from "../../_helpers/pulumi-mocks";
import { stackConfig } from "../../_helpers/stack-config";

const minimal = { instanceClass: "db.t3.medium", name: "shop", username: "shop_admin" };
const host = "shop-staging-db.c9akciq32rgv.eu-central-1.rds.amazonaws.com";

function make(area: Readonly<Record<string, unknown>> = {}, args: Partial<DatabaseArgs> = {}): Database {
  const config = stackConfig({ database: { ...minimal, ...area } });
  const own = ownDatabase(config.database);
  if (own === undefined) throw new Error("The configuration has a database.");
  return new Database("database", {
    names: makeNames(config, "shop-staging"),
    config: own,
    subnetIds: ["subnet-1", "subnet-2"],
    securityGroupId: "sg-1",
    ...args,
  });
}

const instanceOf = async (area: Readonly<Record<string, unknown>>, args?: Partial<DatabaseArgs>): Promise<Recorded> => {
  const resources = await recordResources();
  make(area, args);
  await settled();
  return resourceNamed(resources, "database-instance");
};

describe("Database", () => {
  it("makes an encrypted, private instance that is backed up and guarded, by default", async () => {
    const instance = await instanceOf({});

    expect(instance).to.deep.equal({
      type: "aws:rds/instance:Instance",
      name: "database-instance",
      custom: true,
      inputs: {
        identifier: "shop-staging-db",
        engine: "postgres",
        engineVersion: "15",
        autoMinorVersionUpgrade: true,
        instanceClass: "db.t3.medium",
        allocatedStorage: 20,
        storageType: "gp3",
        storageEncrypted: true,
        dbName: "shop",
        username: "shop_admin",
        password: "Aa1#Aa1#Aa1#Aa1#Aa1#Aa1#Aa1#Aa1#",
        port: 5432,
        multiAz: false,
        publiclyAccessible: false,
        dbSubnetGroupName: "database-subnets",
        vpcSecurityGroupIds: ["sg-1"],
        parameterGroupName: "database-parameters",
        backupRetentionPeriod: 7,
        copyTagsToSnapshot: true,
        deletionProtection: true,
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: "shop-staging-db-final-5a1d0c3e",
        applyImmediately: false,
        performanceInsightsEnabled: false,
      },
      secrets: ["password"],
      parent: "database",
      provider: undefined,
      options: { protect: true },
    });
  });

  it("carries every setting of the configuration to the instance", async () => {
    const { inputs } = await instanceOf({
      engineVersion: "16.3",
      instanceClass: "db.t4g.micro",
      storageGb: 100,
      maxStorageGb: 500,
      storageType: "gp2",
      multiAz: true,
      backupRetentionDays: 30,
      backupWindow: "02:00-03:00",
      maintenanceWindow: "sun:04:00-sun:05:00",
      deletionProtection: false,
      applyImmediately: true,
      kmsKeyArn: "arn:aws:kms:eu-central-1:686831565523:key/1",
      performanceInsights: true,
    });

    expect(inputs).to.deep.include({
      engineVersion: "16.3",
      autoMinorVersionUpgrade: false,
      instanceClass: "db.t4g.micro",
      allocatedStorage: 100,
      maxAllocatedStorage: 500,
      storageType: "gp2",
      multiAz: true,
      backupRetentionPeriod: 30,
      backupWindow: "02:00-03:00",
      maintenanceWindow: "sun:04:00-sun:05:00",
      deletionProtection: false,
      applyImmediately: true,
      kmsKeyId: "arn:aws:kms:eu-central-1:686831565523:key/1",
      performanceInsightsEnabled: true,
    });
  });

  it("makes a subnet group, a parameter group of the version's family and a name for the final snapshot beside it", async () => {
    const resources = await recordResources();

    make({ engineVersion: "16.3", parameters: { work_mem: 8192 } });
    await settled();

    const rest = resources.filter(({ custom, name }) => custom && name !== "database-instance");
    expect(
      Object.fromEntries(rest.map(({ type, name, inputs, parent }) => [name, { type, inputs, parent }])),
    ).to.deep.include({
      "database-subnets": {
        type: "aws:rds/subnetGroup:SubnetGroup",
        inputs: { description: "Subnets of the database", subnetIds: ["subnet-1", "subnet-2"] },
        parent: "database",
      },
      "database-parameters": {
        type: "aws:rds/parameterGroup:ParameterGroup",
        inputs: {
          description: "Parameters of the database",
          family: "postgres16",
          parameters: [
            { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
            { name: "work_mem", value: "8192", applyMethod: "immediate" },
          ],
        },
        parent: "database",
      },
      "database-final-snapshot": {
        type: "random:index/randomId:RandomId",
        inputs: {
          byteLength: 4,
          keepers: { identifier: "shop-staging-db", database: "shop", username: "shop_admin", key: "" },
        },
        parent: "database",
      },
    });
    expect(rest.map(({ name }) => name)).to.have.members([
      "database-password",
      "database-subnets",
      "database-parameters",
      "database-final-snapshot",
      "database-secret",
      "database-credentials",
    ]);
  });

  it("keeps the credentials as JSON in a secret, encrypted in the state", async () => {
    const resources = await recordResources();

    make({ password: { source: "supplied" } }, { suppliedPassword: pulumi.secret("MySecure!Prod#DB2025") });
    await settled();

    expect(resourceNamed(resources, "database-secret")).to.deep.include({
      type: "aws:secretsmanager/secret:Secret",
      parent: "database",
      inputs: {
        name: "shop-staging/database",
        description: "Credentials of the database",
        recoveryWindowInDays: 7,
      },
    });
    const version = resourceNamed(resources, "database-credentials");
    expect(version).to.deep.include({
      type: "aws:secretsmanager/secretVersion:SecretVersion",
      parent: "database",
      secrets: ["secretString"],
    });
    expect(version.inputs["secretId"]).to.equal(
      "arn:aws:secretsmanager:eu-central-1:686831565523:secret:shop-staging/database-AbCdEf",
    );
    expect(JSON.parse(String(version.inputs["secretString"]))).to.deep.equal({
      host,
      port: 5432,
      database: "shop",
      username: "shop_admin",
      password: "MySecure!Prod#DB2025",
    });
  });

  it("deletes the secret at once when nobody shall restore it, so that its name is free again", async () => {
    const resources = await recordResources();

    make({ secretRecoveryDays: 0 });
    await settled();

    expect(resourceNamed(resources, "database-secret").inputs["recoveryWindowInDays"]).to.equal(0);
  });

  it("takes no final snapshot, and makes no name for one, when that is off", async () => {
    const resources = await recordResources();

    make({ finalSnapshot: false });
    await settled();

    const { inputs } = resourceNamed(resources, "database-instance");
    expect([inputs["skipFinalSnapshot"], inputs["finalSnapshotIdentifier"]]).to.deep.equal([true, undefined]);
    expect(resources.map(({ name }) => name)).not.to.include("database-final-snapshot");
  });

  it("takes off both guards for a teardown, and still takes the final snapshot", async () => {
    const { inputs, options } = await instanceOf({}, { teardown: true });

    expect(options).to.deep.equal({});
    expect([inputs["deletionProtection"], inputs["skipFinalSnapshot"]]).to.deep.equal([false, false]);
  });

  it("leaves the instance unprotected only when the configuration says so", async () => {
    expect((await instanceOf({ protect: false })).options).to.deep.equal({});
  });

  it("hands on where the database is and where its credentials are", async () => {
    await recordResources();
    const { instanceId, endpoint, port, databaseName, secretArn } = make();

    expect(await valueOf(pulumi.output({ instanceId, endpoint, port, databaseName, secretArn }))).to.deep.equal({
      instanceId: "shop-staging-db",
      endpoint: host,
      port: 5432,
      databaseName: "shop",
      secretArn: "arn:aws:secretsmanager:eu-central-1:686831565523:secret:shop-staging/database-AbCdEf",
    });
  });
});
