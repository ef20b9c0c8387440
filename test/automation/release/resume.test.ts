import { expect } from "chai";
import { release } from "../../../automation/release/release";
import { resume } from "../../../automation/release/resume";
import { aJournal, aPlan } from "../../_helpers/a-journal";
import { failure, kinds, leftOpen, outcomes } from "../../_helpers/a-left-release";
import { workingShop } from "../../_helpers/a-working-shop";

describe("release resume", () => {
  it("goes on where the process was that is gone", async () => {
    const shop = await leftOpen(["worker"]);
    expect(kinds(shop.journals.running.get("worker")?.journal)).to.deep.equal([
      "started",
      "provisioning",
      "provisioned",
    ]);
    const { exitCode, summary } = await resume(shop, { yes: true });
    expect([exitCode, summary, outcomes(shop)]).to.deep.equal([
      0,
      "worker: v2 serves, v1 before (1 min). It runs arn:shop-worker:2.",
      [["worker", "done"]],
    ]);
    expect(shop.log.filter((line) => line.startsWith("applyImages"))).to.have.lengthOf(1);
  });

  it("goes on with one service, and leaves the others that only began together with it", async () => {
    const shop = await leftOpen(["worker", "api"]);
    await resume(shop, { service: "worker", yes: true });
    expect([outcomes(shop), [...shop.journals.running.keys()]]).to.deep.equal([[["worker", "done"]], ["api"]]);
  });

  it("goes on with all that stand or fall together, though one is named", async () => {
    const shop = await leftOpen(["worker", "api"], { allOrNothing: true });
    await resume(shop, { service: "worker", yes: true });
    expect(outcomes(shop).sort()).to.deep.equal([
      ["api", "done"],
      ["worker", "done"],
    ]);
  });

  it("goes on with the rest of all or none when the others have come to their end", async () => {
    const shop = await leftOpen(["worker", "api"], { allOrNothing: true });
    const api = shop.journals.running.get("api")?.journal;
    if (api === undefined) throw new Error("api is not open");
    shop.journals.running.delete("api");
    const end = { kind: "closed", outcome: "done", at: "1970-01-01T00:00:00.000Z" } as const;
    const ready = { kind: "ready", at: "1970-01-01T00:00:00.000Z" } as const;
    shop.journals.closed.push({ ...api, entries: [...api.entries, ready, end] });
    const { exitCode } = await resume(shop, { yes: true });
    expect([exitCode, outcomes(shop)]).to.deep.equal([
      0,
      [
        ["api", "done"],
        ["worker", "done"],
      ],
    ]);
  });

  it("takes all or none back when one of them had not begun, whatever was released before", async () => {
    const shop = workingShop();
    await release(shop, { targets: ["api=v2"], yes: true });
    shop.push("api", "v2", "9");
    shop.machine.ms += 60_000;
    await leftOpen(["worker", "api"], { allOrNothing: true, order: "sequential" }, shop);
    expect([...shop.journals.running.keys()]).to.deep.equal(["worker"]);
    const running = shop.journals.running.get("worker");
    expect(running?.journal.release).not.to.equal(shop.journals.closed[0]?.release);
    const { exitCode } = await resume(shop, { yes: true });
    expect([exitCode, outcomes(shop)]).to.deep.equal([
      10,
      [
        ["api", "done"],
        ["worker", "rolled-back"],
      ],
    ]);
  });

  it("makes one go on that was left as it is", async () => {
    const shop = await leftOpen(["worker"]);
    const stored = shop.journals.running.get("worker");
    if (stored === undefined) throw new Error("nothing is open");
    const at = "1970-01-01T00:00:00.000Z";
    const left = { kind: "left-as-is", cause: { kind: "alarm", text: "it fires" }, at } as const;
    await shop.journals.write({ ...stored.journal, entries: [...stored.journal.entries, left] }, stored.version);
    await resume(shop, { yes: true });
    expect([outcomes(shop), kinds(shop.journals.closed[0])?.slice(3, 6)]).to.deep.equal([
      [["worker", "done"]],
      ["left-as-is", "continue-asked", "verified"],
    ]);
  });

  it("has nothing to do where nothing is open, and names the service", async () => {
    expect([
      await resume(workingShop(), { yes: true }),
      await resume(workingShop(), { service: "web", yes: true }),
    ]).to.deep.equal([
      { summary: "No release is open in staging: nothing to do.", data: { outcome: "nothing-open" } },
      { summary: "No release of web is open in staging: nothing to do.", data: { outcome: "nothing-open" } },
    ]);
  });

  it("finds that somebody else has finished it while it waited for the lock", async () => {
    const shop = await leftOpen(["worker"]);
    shop.serviceLock("worker").onAcquire = () => shop.journals.running.clear();
    const { data } = await resume(shop, { yes: true, waitForLock: "5m" });
    expect(data).to.deep.equal({ outcome: "nothing-open" });
  });

  it("knows open releases of services that are configured no more, and refuses names of nothing", async () => {
    const shop = workingShop();
    await shop.journals.create(aJournal({ plan: aPlan({ service: "old" }), release: "r1" }));
    const { data } = await resume(shop, { service: "old", dryRun: true });
    const error = await failure(resume(shop, { service: "wrker", yes: true }));
    expect([data, error.exitCode, error.message, error.remedy]).to.deep.equal([
      { outcome: "dry-run", releases: ["r1-old"] },
      2,
      'staging has no service "wrker": there is web, api, worker. Nothing was changed.',
      "Did you mean `worker`?",
    ]);
  });
});
