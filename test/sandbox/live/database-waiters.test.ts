import {
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  RDSClient,
  RestoreDBInstanceFromDBSnapshotCommand,
  StartDBInstanceCommand,
  StopDBInstanceCommand,
  waitUntilDBInstanceAvailable,
  waitUntilDBInstanceDeleted,
  waitUntilDBSnapshotAvailable,
} from "@aws-sdk/client-rds";
import { expect } from "chai";
import { liveCloud, type LiveCloud } from "./live-cloud";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];

describe("a database of the sandbox, by the waiters of the SDK", function () {
  this.timeout(120_000);
  let cloud: LiveCloud;
  let rds: RDSClient;
  let speed: number;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, "100000000033");
    const credentials = { accessKeyId: `SANDBOX${cloud.account}`, secretAccessKey: "x" };
    rds = new RDSClient({ region: cloud.region, endpoint, credentials });
    ({ speed } = (await cloud.control("GET", "clock")) as { speed: number });
    // So that a waiter looks twice at most.
    await cloud.control("POST", "clock", { speed: 300 });
  });
  after(() => cloud.control("POST", "clock", { speed }));

  const db = { DBInstanceIdentifier: "waited" };
  const copy = { DBInstanceIdentifier: "waited-copy" };
  const snapshot = { DBSnapshotIdentifier: "before" };
  const waiting = () => ({ client: rds, maxWaitTime: 60, minDelay: 1, maxDelay: 1 });
  const status = async (which = db) =>
    (await rds.send(new DescribeDBInstancesCommand(which))).DBInstances?.[0]?.DBInstanceStatus;
  /** The SDK has no waiter for this one. */
  const stopped = async (): Promise<void> => {
    while ((await status()) !== "stopped");
  };

  it("is made, saved, restored, stopped, started and deleted, and is seen on its way each time", async () => {
    await rds.send(
      new CreateDBInstanceCommand({
        ...db,
        DBInstanceClass: "db.t3.medium",
        Engine: "postgres",
        AllocatedStorage: 20,
        MasterUsername: "admin1",
        MasterUserPassword: "not-a-secret",
      }),
    );
    const seen = [await status()];
    const states = [(await waitUntilDBInstanceAvailable(waiting(), db)).state];

    await rds.send(new CreateDBSnapshotCommand({ ...db, ...snapshot }));
    seen.push(await status());
    states.push((await waitUntilDBSnapshotAvailable(waiting(), snapshot)).state);

    await rds.send(new RestoreDBInstanceFromDBSnapshotCommand({ ...copy, ...snapshot }));
    seen.push(await status(copy));
    states.push((await waitUntilDBInstanceAvailable(waiting(), copy)).state);

    await rds.send(new StopDBInstanceCommand(db));
    seen.push(await status());
    await stopped();
    await rds.send(new StartDBInstanceCommand(db));
    seen.push(await status());
    states.push((await waitUntilDBInstanceAvailable(waiting(), db)).state);

    await rds.send(new DeleteDBInstanceCommand({ ...copy, SkipFinalSnapshot: true }));
    seen.push(await status(copy));
    states.push((await waitUntilDBInstanceDeleted(waiting(), copy)).state);

    expect(seen).to.deep.equal(["creating", "backing-up", "creating", "stopping", "starting", "deleting"]);
    expect([...new Set(states)]).to.deep.equal(["SUCCESS"]);
  });
});
