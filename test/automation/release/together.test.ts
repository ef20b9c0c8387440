import { expect } from "chai";
import type { Journal, JournalFact } from "../../../automation/model/release/journal";
import type { Peers } from "../../../automation/model/release/observed";
import { makeBarrier, standingOf, type Barrier } from "../../../automation/release/barrier";
import { runTogether, type RunOne, type ServiceEnd } from "../../../automation/release/together";
import { aJournal, aPlan, badFacts, goodFacts, type TimedFact } from "../../_helpers/a-journal";

const cause = { kind: "alarm", text: "it fires" } as const;
const journalOf = (service: string, facts: readonly TimedFact[]): Journal =>
  aJournal({ plan: aPlan({ service }), facts, release: "r1" });
const journalOfKinds = (service: string, ...facts: readonly JournalFact[]): Journal =>
  journalOf(
    service,
    facts.map((fact) => [0, fact] as const),
  );
const waiting = (...services: readonly string[]): Barrier =>
  makeBarrier(new Map(services.map((service) => [service, "waiting"] as const)));

describe("standingOf", () => {
  for (const [standing, what, facts] of [
    ["waiting", "has just begun", [{ kind: "started" }]],
    ["ready", "may be committed", [{ kind: "started" }, { kind: "ready" }]],
    ["ready", "is committed", [{ kind: "committed" }]],
    ["ready", "has ended well", [{ kind: "committed" }, { kind: "closed", outcome: "done" }]],
    ["failed", "goes back", [{ kind: "ready" }, { kind: "turned-back", cause }]],
    ["failed", "was left as it is", [{ kind: "left-as-is", cause }]],
    ["failed", "is stuck", [{ kind: "closed", outcome: "stuck" }]],
  ] as const)
    it(`is ${standing} for a release that ${what}`, () => {
      expect(standingOf(journalOfKinds("web", ...facts))).to.equal(standing);
    });
});

describe("the barrier", () => {
  it("tells each how the others are doing, the worst first", () => {
    const barrier = waiting("web", "api", "worker");
    const seen: Peers[] = [barrier.peersOf(journalOfKinds("web", { kind: "ready" }))];
    seen.push(barrier.peersOf(journalOfKinds("api", { kind: "ready" })));
    seen.push(barrier.peersOf(journalOfKinds("worker", { kind: "started" })));
    seen.push(barrier.peersOf(journalOfKinds("worker", { kind: "ready" })));
    seen.push(barrier.peersOf(journalOfKinds("web", { kind: "ready" })));
    barrier.gaveUp("api");
    seen.push(barrier.peersOf(journalOfKinds("worker", { kind: "ready" })));
    expect(seen).to.deep.equal(["waiting", "waiting", "ready", "ready", "ready", "failed"]);
  });

  it("has nobody to wait for when one is alone", () => {
    expect(waiting("web").peersOf(journalOfKinds("web"))).to.equal("none");
  });

  it("wakes whoever waits for a service when it is ready, and when it will not be", async () => {
    const barrier = waiting("web", "api");
    const woken: string[] = [];
    const both = [
      barrier.reached("web").then(() => woken.push("web")),
      barrier.reached("api").then(() => woken.push("api")),
    ];
    barrier.peersOf(journalOfKinds("web", { kind: "started" }));
    await Promise.resolve();
    expect(woken).to.deep.equal([]);
    barrier.gaveUp("api");
    barrier.peersOf(journalOfKinds("web", { kind: "ready" }));
    await Promise.all(both);
    await barrier.reached("web");
    expect([woken.sort(), barrier.standing("web"), barrier.standing("api")]).to.deep.equal([
      ["api", "web"],
      "ready",
      "failed",
    ]);
  });

  it("takes a service that it does not know for one that failed", () => {
    expect(waiting("web").standing("api")).to.equal("failed");
  });
});

const kindsOf = (ends: readonly ServiceEnd[]): readonly string[] =>
  ends.map(({ service, kind }) => `${service} ${kind}`);

/** Runs services whose releases are what a test says; gives their ends, and what happened in which order. */
async function run(
  request: { readonly order: "parallel" | "sequential"; readonly allOrNothing: boolean },
  ends: Readonly<Record<string, RunOne>>,
) {
  const log: string[] = [];
  const services = Object.keys(ends);
  const starts = services.map((service) => ({
    service,
    open: async () => {
      log.push(`begin ${service}`);
      return { journal: journalOfKinds(service, { kind: "started" }), version: "v1" };
    },
  }));
  const runOne: RunOne = async (stored, peers) => {
    const { service } = stored.journal.plan;
    const own = ends[service];
    if (own === undefined) throw new Error(`no ${service}`);
    const journal = await own(stored, peers);
    log.push(`end ${service}`);
    return journal;
  };
  return { ends: await runTogether(starts, request, waiting(...services), runOne), log };
}
const good: RunOne = async ({ journal }) => journalOf(journal.plan.service, goodFacts);
const bad: RunOne = async ({ journal }) => journalOf(journal.plan.service, badFacts);
const broken: RunOne = async () => Promise.reject(new Error("the lock is lost"));
/** Waits at the barrier until the others are through or one failed, as the loop does. */
const waits: RunOne = async ({ journal }, peers) => {
  const { service } = journal.plan;
  const ready = journalOfKinds(service, { kind: "ready" });
  for (let turns = 0; turns < 50; turns++) {
    const others = peers(ready);
    if (others === "failed") return journalOf(service, badFacts);
    if (others === "ready" || others === "none") return journalOf(service, goodFacts);
    await Promise.resolve();
  }
  throw new Error(`${service} waits for ever`);
};

describe("runTogether", () => {
  it("runs several at once, and one that fails does not touch the others", async () => {
    const { ends, log } = await run({ order: "parallel", allOrNothing: false }, { web: bad, api: good });
    expect([kindsOf(ends), log]).to.deep.equal([
      ["web ended", "api ended"],
      ["begin web", "begin api", "end web", "end api"],
    ]);
  });

  it("tells nobody of peers unless all or none are wanted", async () => {
    const peers: Peers[] = [];
    const asks: RunOne = async (stored, ask) => {
      peers.push(ask(stored.journal));
      return good(stored, ask);
    };
    await run({ order: "parallel", allOrNothing: false }, { web: asks, api: asks });
    expect(peers).to.deep.equal(["none", "none"]);
  });

  it("begins the next of a sequence when the one before is through", async () => {
    const { ends, log } = await run({ order: "sequential", allOrNothing: false }, { web: good, api: good });
    expect([kindsOf(ends), log]).to.deep.equal([
      ["web ended", "api ended"],
      ["begin web", "end web", "begin api", "end api"],
    ]);
  });

  for (const [what, first] of [
    ["went back", bad],
    ["broke off", broken],
  ] as const)
    it(`begins no other of a sequence after one that ${what}`, async () => {
      const { ends, log } = await run({ order: "sequential", allOrNothing: false }, { web: first, api: good });
      expect(kindsOf(ends)[1]).to.equal("api not-begun");
      expect(log).not.to.contain("begin api");
    });

  it("commits all or none: those that are ready wait for the rest", async () => {
    const { ends } = await run({ order: "parallel", allOrNothing: true }, { web: waits, api: waits, worker: waits });
    expect(ends.map((end) => end.kind === "ended" && standingOf(end.journal))).to.deep.equal([
      "ready",
      "ready",
      "ready",
    ]);
  });

  for (const [what, other] of [
    ["goes back", bad],
    ["breaks off", broken],
  ] as const)
    it(`takes all back when one of all or none ${what}`, async () => {
      const { ends } = await run({ order: "parallel", allOrNothing: true }, { web: waits, api: other });
      expect([kindsOf(ends)[0], ends[0]?.kind === "ended" && standingOf(ends[0].journal)]).to.deep.equal([
        "web ended",
        "failed",
      ]);
    });

  it("begins the next of all or none in turn when the one before waits at the barrier", async () => {
    const { ends, log } = await run({ order: "sequential", allOrNothing: true }, { web: waits, api: waits });
    expect(log.slice(0, 2)).to.deep.equal(["begin web", "begin api"]);
    expect(ends.map((end) => end.kind === "ended" && standingOf(end.journal))).to.deep.equal(["ready", "ready"]);
  });

  it("takes the first of a sequence back when a later one fails, and begins none after it", async () => {
    const { ends } = await run({ order: "sequential", allOrNothing: true }, { web: waits, api: bad, worker: good });
    expect(kindsOf(ends)).to.deep.equal(["web ended", "api ended", "worker not-begun"]);
    expect(ends[0]?.kind === "ended" && standingOf(ends[0].journal)).to.equal("failed");
  });
});
