import { expect } from "chai";
import type { FleetEntry, FleetProbe } from "../../../../automation/model/fleet/journal";
import type { FleetPlan } from "../../../../automation/model/fleet/plan";
import { standOfFleet } from "../../../../automation/model/fleet/stand";
import { watchStep, type WatchStep } from "../../../../automation/model/fleet/watch";
import { aFleetPlan, limits } from "../../../_helpers/a-fleet";

const at = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** `i-1` is the canary, `i-2` keeps v1, `i-3` had v2 before. Looks are a minute apart, for ten. */
const plan: FleetPlan = aFleetPlan({
  type: "canary",
  moves: [{ instance: "i-1", from: "v1", to: "v2" }],
  watch: {
    seconds: 600,
    intervalSeconds: 60,
    others: [
      { instance: "i-2", version: "v1" },
      { instance: "i-3", version: "v2" },
    ],
    limits: { ...limits, minimumRequests: 4 },
  },
});

const members = [
  { instance: "i-1", version: "v2" },
  { instance: "i-2", version: "v1" },
  { instance: "i-3", version: "v2" },
];

type Sight = Partial<Pick<FleetProbe, "sick" | "odd" | "ms">>;

/** A look by instance; what is not said is healthy, quiet and answers in 20 ms. */
const look = (seconds: number, sights: Readonly<Record<string, Sight>> = {}): FleetEntry => ({
  kind: "watched",
  at: at(seconds),
  probes: members.map((member) => ({ ...member, sick: "", odd: "", ms: 20, ...sights[member.instance] })),
});

/** The canary was healthy at second 100. */
function step(now: number, looks: readonly FleetEntry[], of: FleetPlan = plan): WatchStep {
  const begin: FleetEntry[] = [
    { kind: "started", at: at(0) },
    { kind: "updating", instance: "i-1", at: at(10) },
    { kind: "updated", instance: "i-1", at: at(40) },
    { kind: "healthy", instance: "i-1", at: at(100) },
  ];
  const journal = { plan: of, entries: [...begin, ...looks] };
  return watchStep(journal, standOfFleet(journal), new Date(now * 1000));
}

const many = (count: number, sights: (index: number) => Readonly<Record<string, Sight>>): readonly FleetEntry[] =>
  Array.from({ length: count }, (_, index) => look(160 + index * 60, sights(index)));

describe("the watch of a canary of instances", () => {
  it("waits for the first look, looks at all, and waits for the next", () => {
    expect([step(100, []), step(160, []), step(165, [look(163)])]).to.deep.equal([
      { kind: "wait", ms: 60_000, leftMs: 600_000 },
      { kind: "look", members },
      { kind: "wait", ms: 58_000, leftMs: 535_000 },
    ]);
  });

  it("is over when its time is, at once for a run that is not watched, and never before somebody has looked", () => {
    const unwatched = aFleetPlan({ type: "canary", moves: plan.moves });

    expect([
      step(700, [look(690)]),
      step(100, [], unwatched),
      step(5_000, []),
      step(5_000, [look(4_990)]),
    ]).to.deep.equal([{ kind: "over" }, { kind: "over" }, { kind: "look", members }, { kind: "over" }]);
  });

  it("waits for its end when no other look comes before that", () => {
    expect(step(680, [look(660)])).to.deep.equal({ kind: "wait", ms: 20_000, leftMs: 20_000 });
  });

  it("goes back when an instance of it stays sick as often as a check is tried", () => {
    const sick = { "i-1": { sick: "refused" } };
    const [two, three] = [many(2, () => sick), many(3, () => sick)];

    expect([step(220, two).kind, step(280, three)]).to.deep.equal(["wait", { kind: "worse", text: "i-1: refused" }]);
  });

  it("forgives what passes, and what others suffer as well", () => {
    const passing = many(9, (index) => (index === 4 ? { "i-1": { sick: "refused" }, "i-2": { sick: "refused" } } : {}));
    const others = many(9, () => ({ "i-2": { sick: "refused" } }));

    expect([step(645, passing).kind, step(645, others).kind]).to.deep.equal(["wait", "wait"]);
  });

  it("goes back when more goes wrong on it than beside it, and names what its logs say", () => {
    const odd = many(4, (index) => (index % 2 === 0 ? { "i-1": { odd: "ERROR out of memory" } } : {}));

    expect(step(345, odd)).to.deep.equal({
      kind: "worse",
      text: "25 % of requests fail on the new version, 0 % on the old one; at most 5 points more are allowed; i-1: ERROR out of memory",
    });
  });

  it("goes back when it answers more slowly than the others", () => {
    const slow = many(4, () => ({ "i-1": { ms: 90 }, "i-3": { ms: 20 } }));

    expect(step(345, slow)).to.deep.equal({
      kind: "worse",
      text: "the new version answers in 90 ms (p95), the old one in 20 ms; at most 1.5 times as long is allowed",
    });
  });

  it("takes few looks, and the time of commands, for no proof", () => {
    const few = many(1, () => ({ "i-1": { ms: 900, odd: "ERROR" } }));
    const commands = many(5, () => ({ "i-1": { ms: null }, "i-2": { ms: null }, "i-3": { ms: null } }));

    expect([step(165, few).kind, step(405, commands).kind]).to.deep.equal(["wait", "wait"]);
  });
});
