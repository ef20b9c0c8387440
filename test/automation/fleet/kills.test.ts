import { expect } from "chai";
import * as fc from "fast-check";
import type { FleetJournal } from "../../../automation/model/fleet/journal";
import { chooseInstances, canarySize, type FleetType } from "../../../automation/model/fleet/plan";
import { standOfFleet } from "../../../automation/model/fleet/stand";
import { runFleet } from "../../../automation/fleet/run";
import { storedFleetJournals } from "../../../automation/records/stored-fleet-journals";
import { FakeClock } from "../../_fakes/fake-clock";
import { FakeHttp } from "../../_fakes/fake-http";
import { FakeInstances } from "../../_fakes/fake-instances";
import { FakeStore } from "../../_fakes/fake-store";
import { aFleet, aFleetJournal, aFleetPlan, limits } from "../../_helpers/a-fleet";

class Killed extends Error {}

interface Case {
  readonly versions: readonly ("v1" | "v2")[];
  readonly type: FleetType;
  readonly percent: number;
  readonly retries: number;
  /** For how long it is watched, in minutes. */
  readonly watch: number;
  /** Instances on which the new version is never healthy, and on which its update fails. */
  readonly sick: readonly number[];
  readonly failing: readonly number[];
  /** How often an instance resists on its way back. */
  readonly resisting: Readonly<Record<string, number>>;
  /** Steps that each process survives; the last has no end. */
  readonly kills: readonly number[];
}

const cases: fc.Arbitrary<Case> = fc.record({
  versions: fc.array(fc.constantFrom("v1" as const, "v1" as const, "v2" as const), { minLength: 1, maxLength: 7 }),
  type: fc.constantFrom("rolling" as const, "canary" as const),
  percent: fc.integer({ min: 1, max: 100 }),
  retries: fc.nat(2),
  watch: fc.nat(3),
  sick: fc.uniqueArray(fc.nat(9), { maxLength: 2 }),
  failing: fc.uniqueArray(fc.nat(9), { maxLength: 1 }),
  resisting: fc.dictionary(fc.constantFrom("i-0", "i-1", "i-2"), fc.nat(4), { maxKeys: 2 }),
  kills: fc.array(fc.nat(25), { maxLength: 6 }),
});

/** Runs it as a line of processes would that are killed, until it is over. */
async function drive(
  of: Case,
): Promise<{ readonly journal: FleetJournal; readonly instances: FakeInstances; readonly resumes: number }> {
  const ids = of.versions.map((_, index) => `i-${index}`);
  const instances = new FakeInstances().with(
    Object.fromEntries(ids.map((id, index) => [id, of.versions[index] ?? "v1"])),
  );
  const isIn = (list: readonly number[], id: string): boolean => list.includes(Number(id.slice(2)));
  instances.isHealthy = (id, version) => version === "v1" || !isIn(of.sick, id);
  for (const id of ids) {
    const text = "no";
    if (isIn(of.failing, id))
      instances.updates.set(
        `${id} v2`,
        Array.from({ length: 20 }, () => ({ kind: "failed", text })),
      );
    instances.updates.set(
      `${id} v1`,
      Array.from({ length: of.resisting[id] ?? 0 }, () => ({ kind: "failed", text })),
    );
  }
  const known = ids.map((id, index) => ({ id, version: of.versions[index] ?? "v1" }));
  const moves = chooseInstances(known, "v2", of.type, of.percent).map(({ id, version }) => ({
    instance: id,
    from: version,
    to: "v2",
  }));
  const kept = of.versions.filter((version) => version === "v2").length;
  const others = known
    .filter(({ id }) => moves.every(({ instance }) => instance !== id))
    .map(({ id, version }) => ({ instance: id, version }));
  const watch = { seconds: of.watch * 60, intervalSeconds: 60, others, limits };
  const plan = aFleetPlan({ type: of.type, total: ids.length, kept, moves, retries: of.retries, watch });
  const store = new FakeStore();
  const fleetJournals = storedFleetJournals({ project: "slipway", stack: "staging", store });
  const clock = new FakeClock();
  await fleetJournals.write(aFleetJournal(plan), undefined);
  const kills = [...of.kills];
  for (let processes = 0; processes < 60; processes++) {
    let left = kills.shift() ?? Infinity;
    instances.interrupt = () => {
      if (left-- <= 0) throw new Killed();
    };
    const stored = await fleetJournals.last("agent");
    if (stored === undefined) throw new Error("no journal");
    const taken =
      processes === 0
        ? stored
        : await fleetJournals.write(
            {
              ...stored.journal,
              entries: [...stored.journal.entries, { kind: "resumed", at: clock.now().toISOString() }],
            },
            stored.version,
          );
    if (taken === undefined) throw new Error("a conflict");
    try {
      const journal = await runFleet({
        context: { clock, instances, fleetJournals, http: new FakeHttp() },
        fleet: aFleet({ retries: of.retries }),
        stored: taken,
        assertHeld: async () => undefined,
        show: () => undefined,
      });
      if (standOfFleet(journal).outcome !== null) return { journal, instances, resumes: processes };
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
  throw new Error("it has no end");
}

describe("a run over a fleet that is killed anywhere", () => {
  it("ends, after resuming, with all of its instances on the new version, or all on their old one", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (of) => {
        const { journal, instances, resumes } = await drive(of);
        const { plan } = journal;
        const isForward = standOfFleet(journal).outcome === "done";
        const expected = of.versions.map((version, index) => {
          const move = plan.moves.find(({ instance }) => instance === `i-${index}`);
          return move === undefined ? version : isForward ? move.to : move.from;
        });
        expect(of.versions.map((_, index) => instances.runs.get(`i-${index}`))).to.deep.equal(expected);
        // What they remember is what they run.
        expect(of.versions.map((_, index) => instances.all.get(`i-${index}`)?.version)).to.deep.equal(expected);
        const wanted = of.type === "rolling" ? plan.total : Math.max(plan.kept, canarySize(plan.total, of.percent));
        if (isForward) expect(expected.filter((version) => version === "v2")).to.have.length(wanted);
        const broken = plan.moves.some(({ instance }) =>
          [...of.sick, ...of.failing].includes(Number(instance.slice(2))),
        );
        if (broken) expect(isForward).to.equal(false);
        // Nobody is needed where nothing was killed and nothing resists.
        if (of.kills.length === 0 && Object.keys(of.resisting).length === 0) expect(resumes).to.equal(0);
      }),
      { numRuns: 300 },
    );
  });

  it("never updates an instance while another one of the run is not known to be healthy", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (of) => {
        const { instances } = await drive(of);
        let open: string | undefined;
        for (const call of instances.log) {
          const [what, id, version] = call.split(" ");
          if (what === "update" && version === "v1") return;
          if (what === "update" && open !== undefined) expect(id).to.equal(open);
          if (what === "update") open = id;
          if (what === "check" && instances.isHealthy(id ?? "", version ?? "")) open = undefined;
        }
      }),
      { numRuns: 100 },
    );
  });
});
