import { DescribeTaskDefinitionCommand, ECSClient } from "@aws-sdk/client-ecs";
import { DeleteDBSnapshotCommand, DescribeDBSnapshotsCommand, RDSClient } from "@aws-sdk/client-rds";
import { expect } from "chai";
import { errorCode } from "../../../../sandbox/plugin/aws/missing";
import { resourceTypes } from "../../../../sandbox/plugin/aws/resource-types";
import type { Properties } from "../../../../sandbox/plugin/handler";
import { asServed, TestWorld } from "./test-world";

const database: Properties = {
  identifier: "slipway-last",
  engine: "postgres",
  engineVersion: "15",
  instanceClass: "db.t3.medium",
  allocatedStorage: 20,
  username: "app_admin",
  password: "Str0ng-enough-for-RDS",
};

describe("the ends of a resource in the stand-in AWS provider", function () {
  this.timeout(60_000);
  let world: TestWorld;

  beforeEach(function () {
    const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
    if (endpoint === undefined) return this.skip();
    world = new TestWorld(endpoint);
  });
  afterEach(() => world?.removeAll());

  it("refuses a secret's name within the recovery window of the deleted one, in AWS' words", async () => {
    const secret = resourceTypes["aws:secretsmanager/secret:Secret"];
    const inputs = asServed("aws:secretsmanager/secret:Secret", { name: "twice", recoveryWindowInDays: 7 });
    const first = await world.make("aws:secretsmanager/secret:Secret", inputs);
    await secret.delete(first.id, first.outputs, world);

    const refusal = await secret.create(inputs, world).catch((error: unknown) => error);

    expect(errorCode(refusal)).to.equal("InvalidRequestException");
    expect(String(refusal)).to.match(/scheduled for deletion/);
    await secret.delete(first.id, { ...first.outputs, recoveryWindowInDays: 0 }, world);
  });

  it("leaves a protected database alone and says what AWS says", async () => {
    const instance = resourceTypes["aws:rds/instance:Instance"];
    const made = await world.make("aws:rds/instance:Instance", { ...database, deletionProtection: true });
    const state = { ...made.outputs, skipFinalSnapshot: true };

    const refusal = await instance.delete(made.id, state, world).catch((error: unknown) => error);

    expect(String(refusal)).to.match(/deletion protection|DeletionProtection/i);
    expect(await instance.read(made.id, made.outputs, world)).to.deep.equal(made.outputs);
    const open = asServed("aws:rds/instance:Instance", {
      ...database,
      deletionProtection: false,
      applyImmediately: true,
    });
    await instance.update(made.id, made.outputs, open, world);
  });

  it("takes the last snapshot under the name that was given", async () => {
    const rds = world.client(RDSClient);
    const instance = resourceTypes["aws:rds/instance:Instance"];
    const snapshot = { DBSnapshotIdentifier: "slipway-last-final" };
    const inputs = { ...database, finalSnapshotIdentifier: snapshot.DBSnapshotIdentifier };
    const made = await world.make("aws:rds/instance:Instance", inputs);

    await instance.delete(made.id, made.outputs, world);

    const { DBSnapshots = [] } = await rds.send(new DescribeDBSnapshotsCommand(snapshot));
    expect(DBSnapshots.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier)).to.deep.equal(["slipway-last"]);
    await rds.send(new DeleteDBSnapshotCommand(snapshot));
  });

  it("does not delete a database whose last snapshot has no name", async () => {
    const instance = resourceTypes["aws:rds/instance:Instance"];
    const made = await world.make("aws:rds/instance:Instance", database);

    const refusal = await instance.delete(made.id, made.outputs, world).catch((error: unknown) => error);

    expect(String(refusal)).to.match(/final_snapshot_identifier is required/);
    expect(await instance.read(made.id, made.outputs, world)).to.deep.equal(made.outputs);
  });

  it("leaves a task definition registered that is not to be destroyed", async () => {
    const task = resourceTypes["aws:ecs/taskDefinition:TaskDefinition"];
    const containerDefinitions = JSON.stringify([{ name: "web", image: "nginx:1.27", memory: 64 }]);
    const inputs = { family: "slipway-kept", containerDefinitions, skipDestroy: true };
    const made = await world.make("aws:ecs/taskDefinition:TaskDefinition", inputs);

    await task.delete(made.id, made.outputs, world);

    const kept = new DescribeTaskDefinitionCommand({ taskDefinition: String(made.outputs["arn"]) });
    expect((await world.client(ECSClient).send(kept)).taskDefinition?.status).to.equal("ACTIVE");
  });
});
