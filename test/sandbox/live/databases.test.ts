import {
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  DeleteDBInstanceCommand,
  type DeleteDBInstanceCommandInput,
  DeleteDBSnapshotCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  ModifyDBInstanceCommand,
  type ModifyDBInstanceCommandInput,
  RebootDBInstanceCommand,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
  StartDBInstanceCommand,
  StopDBInstanceCommand,
} from "@aws-sdk/client-rds";
import { expect } from "chai";
import { loneEmulator, refusalOf, type LoneEmulator } from "./emulator";

const db = { DBInstanceIdentifier: "db" };
const day = 24 * 3600;

/** What a database goes through, on a clock that the test moves: no test waits. */
describe("life of a database", () => {
  let cloud: LoneEmulator;
  const send: LoneEmulator["rds"]["send"] = ((command: never) => cloud.rds.send(command)) as never;

  before(async () => {
    cloud = await loneEmulator();
  });
  after(() => cloud.end());

  beforeEach(async () => {
    await cloud.fresh();
    await send(
      new CreateDBInstanceCommand({
        ...db,
        DBInstanceClass: "db.t3.medium",
        Engine: "postgres",
        EngineVersion: "15",
        AllocatedStorage: 20,
        BackupRetentionPeriod: 7,
        MasterUsername: "admin1",
        MasterUserPassword: "not-a-secret",
        PreferredMaintenanceWindow: "wed:06:38-wed:07:08",
      }),
    );
  });

  const seen = async (DBInstanceIdentifier = "db") =>
    (await send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }))).DBInstances?.[0];
  const status = async (identifier?: string) => (await seen(identifier))?.DBInstanceStatus;
  const snapshots = async () =>
    ((await send(new DescribeDBSnapshotsCommand({}))).DBSnapshots ?? []).map((one) => [
      one.DBSnapshotIdentifier,
      one.Status,
      one.PercentProgress,
    ]);
  const modify = (input: Omit<ModifyDBInstanceCommandInput, "DBInstanceIdentifier">) =>
    send(new ModifyDBInstanceCommand({ ...db, ...input }));
  const remove = (input: Omit<DeleteDBInstanceCommandInput, "DBInstanceIdentifier">) =>
    send(new DeleteDBInstanceCommand({ ...db, ...input }));
  const available = () => cloud.pass(180);

  it("begins without an address, saves itself once and is available after three minutes", async () => {
    const creating = await seen();
    await cloud.pass(160);
    const saving = [await status(), await snapshots()];
    await cloud.pass(20);

    expect([creating?.DBInstanceStatus, creating?.Endpoint]).to.deep.equal(["creating", undefined]);
    expect(saving).to.deep.equal(["backing-up", [["rds:db-2026-01-05-10-02", "creating", 33]]]);
    expect([await status(), (await seen())?.Endpoint?.Port]).to.deep.equal(["available", 5432]);
  });

  it("refuses everything but its deletion while it is not available", async () => {
    const refused = [
      await refusalOf(send(new StopDBInstanceCommand(db))),
      await refusalOf(modify({ DeletionProtection: true })),
      await refusalOf(send(new RebootDBInstanceCommand(db))),
      await refusalOf(send(new CreateDBSnapshotCommand({ ...db, DBSnapshotIdentifier: "early" }))),
      await refusalOf(remove({ FinalDBSnapshotIdentifier: "early" })),
      await refusalOf(send(new StartDBInstanceCommand(db))),
    ];

    const state = "InvalidDBInstanceState";
    const snapshot =
      "Cannot create a snapshot because the database instance db is not currently in the available state.";
    expect(refused).to.deep.equal([
      [state, "Instance db is not in available state."],
      [state, "Database instance is not in available state."],
      [state, "Instance cannot currently reboot due to an in-progress management operation."],
      [state, snapshot],
      [state, snapshot],
      [state, "Instance db is not stopped, it cannot be started."],
    ]);
    expect((await remove({ SkipFinalSnapshot: true })).DBInstance?.DBInstanceStatus).to.equal("deleting");
  });

  it("has its new class when modifying is over, and says until then what is pending", async () => {
    await available();
    await modify({ DBInstanceClass: "db.t3.large", ApplyImmediately: true });
    const during = await seen();
    await cloud.pass(300);
    const after = await seen();

    const facts = [during, after].map((one) => [
      one?.DBInstanceStatus,
      one?.DBInstanceClass,
      one?.PendingModifiedValues?.DBInstanceClass,
    ]);
    expect(facts).to.deep.equal([
      ["modifying", "db.t3.medium", "db.t3.large"],
      ["available", "db.t3.large", undefined],
    ]);
  });

  it("waits with a change for the maintenance window, and does all that is pending when one is immediate", async () => {
    await available();
    await modify({ DBInstanceClass: "db.t3.large" });
    const before = [await status(), (await seen())?.DBInstanceClass];
    // Wednesday 06:38 is 1 day, 20 hours and 35 minutes ahead.
    await cloud.pass(day + 20 * 3600 + 34 * 60);
    const waiting = [await status(), (await seen())?.DBInstanceClass];
    await cloud.pass(120);
    const begun = await status();
    await cloud.pass(300);
    expect([before, waiting, begun, await status(), (await seen())?.DBInstanceClass]).to.deep.equal([
      ["available", "db.t3.medium"],
      ["available", "db.t3.medium"],
      "modifying",
      "available",
      "db.t3.large",
    ]);

    await modify({ DBInstanceClass: "db.t3.medium" });
    await modify({ MultiAZ: true, ApplyImmediately: true });
    await cloud.pass(300);
    expect([(await seen())?.DBInstanceClass, (await seen())?.MultiAZ]).to.deep.equal(["db.t3.medium", true]);
  });

  it("grows by a tenth at least, is usable while it settles, and then grows no more for six hours", async () => {
    await available();
    await modify({ AllocatedStorage: 21, ApplyImmediately: true });
    await cloud.pass(60);
    const settling = [await status(), (await seen())?.AllocatedStorage];
    await modify({ DeletionProtection: true });
    const refused = await refusalOf(modify({ AllocatedStorage: 40, ApplyImmediately: true }));
    await cloud.pass(900 + 6 * 3600);
    await modify({ AllocatedStorage: 40, ApplyImmediately: true });

    expect(settling).to.deep.equal(["storage-optimization", 22]);
    expect(refused).to.deep.equal([
      "InvalidParameterCombination",
      "You can't currently modify the storage of this DB instance because the previous storage change is being optimized.",
    ]);
    expect(await status()).to.equal("modifying");
  });

  it("is backing up while a snapshot is made, which can be neither restored nor deleted before it is there", async () => {
    await available();
    await send(new CreateDBSnapshotCommand({ ...db, DBSnapshotIdentifier: "before-release" }));
    await cloud.pass(45);
    const half = [await status(), (await snapshots())[1]];
    const restore = (DBSnapshotIdentifier: string, DBInstanceIdentifier: string) =>
      send(new RestoreDBInstanceFromDBSnapshotCommand({ DBSnapshotIdentifier, DBInstanceIdentifier }));
    const early = [
      await refusalOf(restore("before-release", "copy")),
      await refusalOf(send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier: "before-release" }))),
    ].map((refused) => (refused as string[])[0]);
    await cloud.pass(45);

    expect(half).to.deep.equal(["backing-up", ["before-release", "creating", 50]]);
    expect(early).to.deep.equal(["InvalidDBSnapshotState", "InvalidDBSnapshotState"]);
    expect([await status(), (await snapshots())[1]]).to.deep.equal(["available", ["before-release", "available", 100]]);
    expect(await refusalOf(restore("gone", "copy"))).to.deep.equal([
      "DBSnapshotNotFound",
      "DBSnapshot gone not found.",
    ]);
    expect(((await refusalOf(restore("before-release", "db"))) as string[])[1]).to.equal("DB instance already exists");
    await restore("before-release", "copy");
    const restoring = await status("copy");
    await cloud.pass(270);
    expect([restoring, await status("copy")]).to.deep.equal(["creating", "available"]);
  });

  it("is restored to a moment that the logs have reached, and not to a later one", async () => {
    await available();
    await cloud.pass(3600);
    const to = (RestoreTime: Date, TargetDBInstanceIdentifier: string) =>
      send(
        new RestoreDBInstanceToPointInTimeCommand({
          SourceDBInstanceIdentifier: "db",
          TargetDBInstanceIdentifier,
          RestoreTime,
        }),
      );
    const refused = (await refusalOf(to(cloud.now(), "now"))) as string[];
    await to(new Date(cloud.now().getTime() - 300_000), "earlier");

    expect([refused[0], await status("earlier")]).to.deep.equal(["InvalidRestoreFault", "creating"]);
  });

  it("starts by itself after seven days of standing still", async () => {
    await available();
    await send(new StopDBInstanceCommand(db));
    const stopping = await status();
    await cloud.pass(120);
    const stopped = await seen();
    const refused = await refusalOf(modify({ DBInstanceClass: "db.t3.large" }));
    await cloud.pass(7 * day);
    const starting = await status();
    await cloud.pass(150);

    expect([stopping, stopped?.DBInstanceStatus, starting, await status()]).to.deep.equal([
      "stopping",
      "stopped",
      "starting",
      "available",
    ]);
    expect(stopped?.AutomaticRestartTime).to.deep.equal(new Date("2026-01-12T10:05:00.000Z"));
    expect(refused).to.deep.equal(["InvalidDBInstanceState", "Database instance is not in available state."]);
  });

  it("starts and reboots when it is told to", async () => {
    await available();
    await send(new StopDBInstanceCommand(db));
    await cloud.pass(120);
    await send(new StartDBInstanceCommand(db));
    const starting = await status();
    await cloud.pass(150);
    await send(new RebootDBInstanceCommand(db));
    const rebooting = await status();
    await cloud.pass(60);

    expect([starting, rebooting, await status()]).to.deep.equal(["starting", "rebooting", "available"]);
  });
});
