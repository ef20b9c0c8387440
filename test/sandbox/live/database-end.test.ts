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

describe("what is saved of a database, and its end", () => {
  let cloud: LoneEmulator;

  before(async () => {
    cloud = await loneEmulator();
  });
  after(() => cloud.end());

  beforeEach(async () => {
    await cloud.fresh();
    const engine = {
      Engine: "postgres",
      EngineVersion: "15",
      DBInstanceClass: "db.t3.medium",
      AllocatedStorage: 20,
      BackupRetentionPeriod: 3,
    };
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

  it("is backed up every day in its window, and keeps what its retention says", async () => {
    // 13:14, which moto takes for the window when none is told.
    await cloud.pass(3 * 3600 + 11 * 60);
    const saving = await status();
    await cloud.pass(90);
    const saved = [await status(), await snapshots()];
    await cloud.pass(20 * 24 * 3600);

    expect([saving, ...saved]).to.deep.equal([
      "backing-up",
      "available",
      [
        ["rds:db-2026-01-05-10-02", "available"],
        ["rds:db-2026-01-05-13-14", "available"],
      ],
    ]);
    expect((await snapshots())?.map(([name]) => name)).to.deep.equal(
      ["23", "24", "25"].map((date) => `rds:db-2026-01-${date}-13-14`),
    );
  });

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
