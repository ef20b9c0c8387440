import { expect } from "chai";
import fc from "fast-check";
import type { FakeWorld } from "../../_fakes/fake-world";
import { runThrough } from "./chaos-run";
import { falsehoods } from "./chaos-truth";
import { anyChaos, calm } from "./chaos-world";

/** So many releases, each with faults of its own. */
const numRuns = Number(process.env.CHAOS_RUNS ?? 5_000);

/** The record in short, for a run that went wrong. */
const told = (world: FakeWorld): string =>
  (world.closed?.entries ?? []).map(({ at, ...fact }) => `${at.slice(11, 19)} ${JSON.stringify(fact)}`).join("\n");

describe("a release through anything that goes wrong", function () {
  this.timeout(300_000);

  it("ends with one live slot, all weights on it, and a true record, after it is resumed", async () => {
    await fc.assert(
      fc.asyncProperty(anyChaos, async (chaos) => {
        const world = await runThrough(chaos);

        expect(falsehoods(world, chaos).join("\n"), told(world)).to.equal("");
      }),
      { numRuns },
    );
  });

  it("without faults is done exactly when the version is good", async () => {
    await fc.assert(
      fc.asyncProperty(calm, async (chaos) => {
        const world = await runThrough(chaos);

        expect(falsehoods(world, chaos).join("\n"), told(world)).to.equal("");
        const { plan, behaviour, requestsPerSecond } = chaos;
        const isCompared = plan.compare !== null && plan.steps.length > 1;
        if (behaviour !== "good" || (isCompared && requestsPerSecond === 0)) return;
        expect(world.closed?.entries.at(-1)).to.deep.include({ kind: "closed", outcome: "done" });
      }),
      { numRuns: Math.ceil(numRuns / 5) },
    );
  });
});
