import { expect } from "chai";
import { releaseMetrics } from "../../../automation/release/figures-report";
import { fakeContext } from "../../_fakes/fake-context";
import type { FakeMachine } from "../../_fakes/fake-machine";
import { aJournal, aPlan, badFacts, goodFacts } from "../../_helpers/a-journal";

describe("releaseMetrics", () => {
  it("tells the four figures of the last days, for each service and for all", async () => {
    const context = fakeContext();
    (context.machine as FakeMachine).ms = Date.parse("2026-01-11T00:00:00.000Z");
    const pushed = aPlan({ to: { ...aPlan().to, pushedAt: "2026-01-04T23:58:32.000Z" } });
    context.journals.closed.push(
      aJournal({ facts: goodFacts, startedAt: "2025-12-01T00:00:00.000Z" }),
      aJournal({ facts: goodFacts, startedAt: "2026-01-05T00:00:00.000Z", plan: pushed }),
      aJournal({ facts: badFacts, startedAt: "2026-01-06T00:00:00.000Z", plan: aPlan({ service: "api" }) }),
    );

    const { summary, data } = await releaseMetrics(context, { days: 10 });

    expect(summary.split("\n").map((line) => line.split("|").map((cell) => cell.trim()))).to.deep.equal([
      ["Releases of staging in the last 10 days:"],
      [""],
      ["Service", "Deployed", "A day", "Failed", "Lead time", "Time to restore"],
      summary.split("\n")[3]?.split("|") ?? [],
      ["api", "0", "0.00", "1 of 1 (100 %)", "unknown", "2 s (median of 1)"],
      ["web", "1", "0.10", "0 of 1 (0 %)", "3 min (median of 1)", "unknown"],
      ["all", "1", "0.10", "1 of 2 (50 %)", "3 min (median of 1)", "2 s (median of 1)"],
    ]);
    expect(data).to.deep.include({ stack: "staging", days: 10, deployments: 1, changeFailureRate: 0.5 });
    expect(Object.keys(data["services"] as object)).to.deep.equal(["api", "web"]);
  });

  it("says that it knows nothing where nothing was released", async () => {
    const { summary, data } = await releaseMetrics(fakeContext(), {});
    expect(summary).to.contain("no change").and.to.contain("in the last 30 days:");
    expect(data["changeFailureRate"]).to.equal(null);
  });

  for (const days of [0, -3, NaN]) {
    it(`is wrong usage with ${days} days`, async () => {
      const error: unknown = await releaseMetrics(fakeContext(), { days }).catch((thrown: unknown) => thrown);
      expect(error).to.include({ code: "usage", exitCode: 2 });
    });
  }
});
