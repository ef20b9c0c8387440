import { expect } from "chai";
import { CloudError } from "../../../automation/model/cloud-error";
import { SlipwayError } from "../../../automation/model/errors";
import type { Journal, JournalFact } from "../../../automation/model/release/journal";
import { abort, goOn } from "../../../automation/release/abort";
import { FakeClock } from "../../_fakes/fake-clock";
import { failure, kinds, leftOpen, outcomes } from "../../_helpers/a-left-release";
import { workingShop, type WorkingShop } from "../../_helpers/a-working-shop";

const lockedBy = (service: string): SlipwayError =>
  new SlipwayError({ code: "release-locked", exitCode: 4, message: `${service} is locked`, remedy: "" });
/** Another process that looks into the record whenever time passes. */
const otherProcess = (shop: WorkingShop, look: (journal: Journal, version: string) => Promise<void>): WorkingShop => {
  const clock = new FakeClock();
  const sleep = clock.sleep.bind(clock);
  clock.sleep = async (ms) => {
    await sleep(ms);
    for (const { journal, version } of [...shop.journals.running.values()]) await look(journal, version);
  };
  return { ...shop, clock };
};

describe("release abort", () => {
  it("takes back what nobody has in hand, and says why in the record", async () => {
    const shop = await leftOpen(["worker"]);
    const { exitCode, summary } = await abort(shop, { yes: true, reason: "wrong one" });
    expect([exitCode, summary.split("\n").slice(0, 2), outcomes(shop)]).to.deep.equal([
      10,
      ["worker: went back, v1 serves (0 ms).", "kim@desk wants it back: wrong one"],
      [["worker", "rolled-back"]],
    ]);
    expect(shop.remembered()["worker"]?.slots.blue?.images).to.deep.equal(
      workingShop().remembered()["worker"]?.slots.blue?.images,
    );
  });

  it("tells the process that has it in hand, at once though it may wait for the lock, and follows it to its end", async () => {
    const shop = await leftOpen(["worker"]);
    shop.serviceLock("worker").refusal = lockedBy("worker");
    const facts: JournalFact["kind"][] = [];
    const other = otherProcess(shop, async (journal, version) => {
      facts.push(...journal.entries.slice(3).map(({ kind }) => kind));
      const end = { kind: "closed", outcome: "rolled-back", at: "1970-01-01T00:00:09.000Z" } as const;
      const written = await shop.journals.write({ ...journal, entries: [...journal.entries, end] }, version);
      if (written !== undefined) await shop.journals.close(written.journal, written.version);
    });
    const { exitCode, summary, data } = await abort(other, { yes: true, reason: "wrong", waitForLock: "10m" });
    expect([exitCode, summary, facts, data["outcome"]]).to.deep.equal([
      10,
      "worker: rolled-back",
      ["abort-asked"],
      "rolled-back",
    ]);
    expect(shop.serviceLock("worker").requests.at(-1)?.waitMs).to.equal(0);
  });

  it("says when whoever has it in hand went on to the end all the same", async () => {
    const shop = await leftOpen(["worker"]);
    shop.serviceLock("worker").refusal = lockedBy("worker");
    const other = otherProcess(shop, async (journal, version) => {
      const end = { kind: "closed", outcome: "done", at: "1970-01-01T00:00:09.000Z" } as const;
      const written = await shop.journals.write({ ...journal, entries: [...journal.entries, end] }, version);
      if (written !== undefined) await shop.journals.close(written.journal, written.version);
    });
    const { exitCode, summary } = await abort(other, { yes: true });
    expect([exitCode, summary]).to.deep.equal([1, "worker: done"]);
  });

  it("gives up after half an hour when nobody listens, and leaves the wish in the record", async () => {
    const shop = await leftOpen(["worker"]);
    shop.serviceLock("worker").refusal = lockedBy("worker");
    const error = await failure(abort(shop, { yes: true }));
    expect([error.code, error.exitCode, kinds(shop.journals.running.get("worker")?.journal)?.at(-1)]).to.deep.equal([
      "abort-unheard",
      1,
      "abort-asked",
    ]);
  });

  it("takes one back itself and has the other taken back, when one of two is in somebody's hands", async () => {
    const shop = await leftOpen(["worker"]);
    shop.machine.ms += 60_000;
    await leftOpen(["api"], {}, shop);
    shop.serviceLock("api").refusal = lockedBy("api");
    const other = otherProcess(shop, async (journal, version) => {
      if (journal.plan.service !== "api" || journal.entries.at(-1)?.kind !== "abort-asked") return;
      const end = { kind: "closed", outcome: "rolled-back", at: "1970-01-01T00:00:09.000Z" } as const;
      const written = await shop.journals.write({ ...journal, entries: [...journal.entries, end] }, version);
      if (written !== undefined) await shop.journals.close(written.journal, written.version);
    });
    const { exitCode, data } = await abort(other, { yes: true });
    expect([exitCode, data["outcome"], outcomes(shop).sort()]).to.deep.equal([
      10,
      "rolled-back",
      [
        ["api", "rolled-back"],
        ["worker", "rolled-back"],
      ],
    ]);
  });

  it("tells nobody when it could not even ask for the lock", async () => {
    const shop = await leftOpen(["worker"]);
    shop.serviceLock("worker").refusal = new SlipwayError({
      code: "records-unreachable",
      exitCode: 1,
      message: "",
      remedy: "",
    });
    const error = await failure(abort(shop, { yes: true }));
    expect([error.code, kinds(shop.journals.running.get("worker")?.journal)?.includes("abort-asked")]).to.deep.equal([
      "records-unreachable",
      false,
    ]);
  });

  it("begins nothing where nobody can be asked and nobody has said yes, and tells what it would do", async () => {
    const shop = await leftOpen(["worker"]);
    const error = await failure(abort(shop, {}));
    const { summary } = await abort(shop, { dryRun: true });
    expect([error.exitCode, summary, kinds(shop.journals.running.get("worker")?.journal)?.length]).to.deep.equal([
      2,
      `A dry run: ${shop.journals.running.get("worker")?.journal.id} would be told.`,
      3,
    ]);
  });
});

describe("release continue", () => {
  it("tells the process that has it in hand, and does not wait for it", async () => {
    const shop = await leftOpen(["worker"]);
    shop.serviceLock("worker").refusal = lockedBy("worker");
    const { summary, exitCode } = await goOn(shop, { yes: true });
    expect([summary, exitCode, kinds(shop.journals.running.get("worker")?.journal)?.at(-1)]).to.deep.equal([
      "It goes on.",
      undefined,
      "continue-asked",
    ]);
  });
});

describe("release abort --forget", () => {
  it("closes the record as stuck, with what is left of it, and changes nothing", async () => {
    const shop = await leftOpen(["web"]);
    shop.containers.services.delete("shop-web-green");
    shop.log.length = 0;
    const { data, exitCode } = await abort(shop, { yes: true, forget: true, reason: "the cluster was deleted" });
    const left = [
      "shop-web: 3 of 3 tasks run arn:web:1",
      "shop-web-green: there is no such ECS service",
      `${shop.traffic.routes[0]?.arn}: blue 100, green 0`,
    ];
    const [journal] = shop.journals.closed;
    expect([data["outcome"], exitCode, journal?.entries.at(-1)]).to.deep.equal([
      "forgotten",
      undefined,
      {
        kind: "closed",
        outcome: "stuck",
        cause: { kind: "aborted", text: ["Given up by kim@desk: the cluster was deleted", ...left].join("\n") },
        at: "1970-01-01T00:00:00.000Z",
      },
    ]);
    expect(shop.log.filter((line) => /^(set|apply|commit|force)/.test(line))).to.deep.equal([]);
    expect(shop.journals.running.size).to.equal(0);
  });

  it("closes it also when the cluster is gone, with what AWS says", async () => {
    const shop = await leftOpen(["worker"]);
    shop.containers.failures.push(new CloudError("missing", "ecs:DescribeServices", "ClusterNotFound", "no cluster"));
    await abort(shop, { yes: true, forget: true, reason: "gone" });
    const last = shop.journals.closed[0]?.entries.at(-1);
    expect(last?.kind === "closed" && last.cause?.text).to.equal(
      "Given up by kim@desk: gone\necs:DescribeServices: no cluster",
    );
  });

  it("wants a reason, the lock, and a yes", async () => {
    const shop = await leftOpen(["worker"], {}, workingShop({ answers: ["no"] }));
    const errors = [await failure(abort(shop, { forget: true, yes: true, reason: " " }))];
    const declined = await abort(shop, { forget: true, reason: "gone" });
    const dry = await abort(shop, { forget: true, reason: "gone", dryRun: true });
    shop.serviceLock("worker").refusal = lockedBy("worker");
    errors.push(await failure(abort(shop, { forget: true, yes: true, reason: "gone" })));
    expect([
      errors.map(({ exitCode }) => exitCode),
      declined.exitCode,
      dry.data["outcome"],
      [...shop.journals.running.keys()],
    ]).to.deep.equal([[2, 4], 1, "dry-run", ["worker"]]);
  });
});
