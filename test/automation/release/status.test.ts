import { expect } from "chai";
import type { LeaseStanding } from "../../../automation/model/lease";
import type { LockView } from "../../../automation/ports/lock";
import { releaseStatus } from "../../../automation/release/status";
import { fakeContext } from "../../_fakes/fake-context";
import { aJournal, aPlan, badFacts, goodFacts, type TimedFact } from "../../_helpers/a-journal";

const view = (standing: LeaseStanding["kind"]): LockView => ({
  owner: { id: "x", user: "ann", host: "far", machine: "other", pid: 7, command: "release" },
  since: "1970-01-01T00:00:00.000Z",
  renewedAt: "1970-01-01T00:00:30.000Z",
  standing,
});

/** A release of `web` that began at 0, by this clock; a minute has gone. */
async function world(facts: readonly TimedFact[], held?: LockView) {
  const context = fakeContext();
  await context.journals.create(aJournal({ facts, startedAt: "1970-01-01T00:00:00.000Z", release: "r1" }));
  if (held !== undefined) context.serviceLock("web").views = [held];
  await context.clock.sleep(60_000);
  return context;
}
const way = "  next     slipway release resume staging web goes on, slipway release abort staging web goes back";

describe("releaseStatus", () => {
  it("shows what is under way, and who has it in hand", async () => {
    const { summary, data } = await releaseStatus(await world(goodFacts.slice(0, 7), view("held")), {});
    expect(summary.split("\n")).to.deep.equal([
      "web: v1 -> v2, step 1 of 2 (10 %): watches the new version",
      "  traffic  v1 90 %, v2 10 %",
      "  since    1970-01-01T00:00:00.000Z (1 min), r1-web",
      "  holder   ann@far (process 7)",
    ]);
    expect((data["services"] as Record<string, unknown>)["web"]).to.deep.include({
      state: "running",
      standing: "held",
      phase: "bake",
      step: { number: 1, of: 2, percent: 10 },
      weights: { blue: 90, green: 10, announced: null },
      canGoBack: true,
      elapsedMs: 60_000,
    });
  });

  for (const [what, held, line] of [
    ["nobody has", undefined, "  holder   nobody"],
    ["a dead run had", view("dead"), "  holder   nobody: ann@far (process 7) is dead"],
  ] as const) {
    it(`says how to finish a release that ${what} in hand, and what was announced`, async () => {
      const { summary, data } = await releaseStatus(await world(goodFacts.slice(0, 6), held), { service: "web" });
      expect(summary.split("\n")).to.deep.equal([
        "web: v1 -> v2, step 1 of 2 (10 %): shifts traffic",
        "  traffic  v1 100 %, v2 0 % (10 % announced)",
        "  since    1970-01-01T00:00:00.000Z (1 min), r1-web",
        line,
        way,
      ]);
      expect((data["services"] as Record<string, { state: string }>)["web"]?.state).to.equal("open");
    });
  }

  it("does not take somebody for dead whose lock has only expired", async () => {
    const { summary } = await releaseStatus(await world(goodFacts.slice(0, 7), view("suspect")), {});
    expect(summary).to.contain(
      "ann@far (process 7), whose lock has expired: no sign of life since 1970-01-01T00:00:30.000Z",
    );
    expect(summary).not.to.contain("resume");
  });

  it("says why a release went back or was left", async () => {
    const cause = { kind: "alarm", text: "web-5xx fires" } as const;
    const left: readonly TimedFact[] = [...goodFacts.slice(0, 7), [51, { kind: "left-as-is", cause }]];
    const first = async (facts: readonly TimedFact[]) =>
      (await releaseStatus(await world(facts), {})).summary.split("\n")[0];
    expect([await first(left), await first(badFacts.slice(0, 8))]).to.deep.equal([
      "web: v1 -> v2, has stopped and is left as it is: web-5xx fires",
      "web: v1 -> v2, goes back: traffic first: web-5xx fires",
    ]);
  });

  it("shows no split of a rolling release", async () => {
    const context = fakeContext();
    await context.journals.create(aJournal({ plan: aPlan({ mode: "rolling" }) }));
    const { summary, data } = await releaseStatus(context, {});
    expect(summary).not.to.contain("traffic  ");
    expect((data["services"] as Record<string, unknown>)["web"]).to.deep.include({ weights: null, phase: "provision" });
  });

  it("shows the last release of services that are quiet, or about to begin", async () => {
    const context = fakeContext();
    const services = { web: {}, api: {}, admin: {} } as unknown as typeof context.config.services;
    context.journals.closed.push(aJournal({ facts: badFacts }));
    context.serviceLock("api").views = [view("held")];
    const quiet = { ...context, config: { ...context.config, services } };
    expect((await releaseStatus(quiet, {})).summary.split("\n")).to.deep.equal([
      "admin: never released",
      "api: about to begin, by ann@far (process 7); before: never released",
      "web: v1 -> v2 rolled-back: web-5xx fires (2026-01-01T00:00:00.000Z)",
    ]);
    const error: unknown = await releaseStatus(quiet, { service: "wbe" }).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: "usage", exitCode: 2, message: 'staging has no service "wbe".' });
  });
});
