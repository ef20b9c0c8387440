import {
  CreateDBInstanceCommand,
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  waitUntilDBInstanceDeleted,
} from "@aws-sdk/client-rds";
import { expect } from "chai";
import { loneEmulator, refusalOf, type LoneEmulator } from "./emulator";

const db = { DBInstanceIdentifier: "db" };

describe("end of a database", () => {
  let cloud: LoneEmulator;

  before(async () => {
    cloud = await loneEmulator();
  });
  after(() => cloud.end());

  beforeEach(async () => {
    await cloud.fresh();
    const engine = { Engine: "postgres", EngineVersion: "15", DBInstanceClass: "db.t3.medium", AllocatedStorage: 20 };
    await cloud.rds.send(
      new CreateDBInstanceCommand({ ...db, ...engine, MasterUsername: "admin1", MasterUserPassword: "not-a-secret" }),
    );
    await cloud.pass(180);
  });

  const remove = (input: object) => cloud.rds.send(new DeleteDBInstanceCommand({ ...db, ...input }));
  const status = async () =>
    (await cloud.rds.send(new DescribeDBInstancesCommand(db))).DBInstances?.[0]?.DBInstanceStatus;
  const snapshots = async () =>
    (await cloud.rds.send(new DescribeDBSnapshotsCommand({}))).DBSnapshots?.map((one) => [
      one.DBSnapshotIdentifier,
      one.Status,
    ]);

  it("is refused unless it is said what becomes of the data", async () => {
    expect([
      await refusalOf(remove({})),
      await refusalOf(remove({ SkipFinalSnapshot: true, FinalDBSnapshotIdentifier: "last" })),
    ]).to.deep.equal([
      ["InvalidParameterCombination", "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."],
      [
        "InvalidParameterCombination",
        "FinalDBSnapshotIdentifier cannot be specified when SkipFinalSnapshot is specified.",
      ],
    ]);
    expect(await status()).to.equal("available");
  });

  it("comes after the last snapshot, which stays while the automated ones go", async () => {
    await remove({ FinalDBSnapshotIdentifier: "last" });
    const begun = [await status(), (await snapshots())?.[1], await refusalOf(remove({ SkipFinalSnapshot: true }))];
    await cloud.pass(90);
    const saved = [await status(), (await snapshots())?.[1]];
    await cloud.pass(90);

    expect(begun).to.deep.equal([
      "deleting",
      ["last", "creating"],
      ["InvalidDBInstanceState", "Instance db is already being deleted."],
    ]);
    expect(saved).to.deep.equal(["deleting", ["last", "available"]]);
    expect(await refusalOf(status())).to.deep.equal(["DBInstanceNotFound", "DBInstance db not found."]);
    expect(await snapshots()).to.deep.equal([["last", "available"]]);
  });

  it("is what the client's own waiter waits for", async () => {
    await remove({ SkipFinalSnapshot: true });
    await cloud.pass(90);

    const { state } = await waitUntilDBInstanceDeleted(
      { client: cloud.rds, minDelay: 1, maxDelay: 1, maxWaitTime: 10 },
      db,
    );
    expect(state).to.equal("SUCCESS");
  });
});
