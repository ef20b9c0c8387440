import { expect } from "chai";
import type { CommandRun } from "../../../automation/ports/history";
import type { TaskDefinitionView } from "../../../automation/ports/containers";
import { pointsCleanup } from "../../../automation/release/points-cleanup";
import { pointsList } from "../../../automation/release/points-list";
import { fakeContext, type FakeContextOptions } from "../../_fakes/fake-context";
import type { FakeMachine } from "../../_fakes/fake-machine";
import { aPoint } from "../../_helpers/a-journal";

const day = (number: number): string => new Date(Date.UTC(2026, 0, number)).toISOString();
const pointOf = (on: number) =>
  aPoint(`p${on}`, {
    at: day(on),
    services: {
      web: { version: `v${on}`, images: { web: `w:${on}` }, taskDefinition: `td:${on}`, desired: 2, slot: "blue" },
    },
  });

/** Points of some days; what was released on day 58 runs, and the task definition of day 57 is gone. */
function world(days: readonly number[], options: FakeContextOptions = {}) {
  const releases = {
    web: { live: "blue", slots: { blue: { images: { web: "w:58" } } }, weights: { blue: 100, green: 0 } },
  };
  const outputs = Object.entries({ releases, ClusterName: "shop", ServiceNames: { web: { blue: "web" } } });
  const context = fakeContext({
    ...options,
    outputs: outputs.map(([name, value]) => ({ name, value, secret: false })),
  });
  (context.machine as FakeMachine).ms = Date.parse(day(60));
  for (const on of days) context.points.points.set(`p${on}`, pointOf(on));
  context.containers.taskDefinition = async (name) =>
    ({ arn: name, status: name === "td:57" ? "INACTIVE" : "ACTIVE" }) as TaskDefinitionView;
  return context;
}

describe("pointsList", () => {
  it("shows them newest first, which can be gone back to, and which runs now", async () => {
    const { summary, data } = await pointsList(world([57, 58, 20]), {});
    expect(summary.split("\n").map((line) => line.split("|").map((cell) => cell.trim()))).to.deep.equal([
      ["Point", "When", "Released", "Versions", "Usable"],
      summary.split("\n")[1]?.split("|") ?? [],
      ["p58", "2026-02-27T00:00:00Z", "web", "web v58", "yes, runs now"],
      ["p57", "2026-02-26T00:00:00Z", "web", "web v57", "no: 1 task definition is gone"],
      ["p20", "2026-01-20T00:00:00Z", "web", "web v20", "yes"],
    ]);
    expect((data["points"] as readonly object[])[1]).to.deep.equal({
      ...pointOf(57),
      usable: false,
      current: false,
      missing: ["td:57"],
    });
  });

  it("says when there is none, and asks nobody then", async () => {
    const context = world([]);
    expect((await pointsList(context, {})).summary).to.contain("staging has no rollback points yet");
    expect(context.log).to.deep.equal([]);
  });

  it("knows no current one in a stack that is not deployed", async () => {
    const context = { ...world([58]), engine: fakeContext().engine };
    expect(((await pointsList(context, {})).data["points"] as readonly { current: boolean }[])[0]?.current).to.equal(
      false,
    );
  });

  it("lists task definitions of families instead", async () => {
    const context = world([58]);
    context.containers.taskDefinitions = async (prefix, limit) => [`arn:x:task-definition/${prefix}-web:${limit}`];
    expect((await pointsList(context, { family: "afu9", limit: 7 })).summary).to.equal("afu9-web:7");
  });
});

describe("pointsCleanup", () => {
  it("forgets the old ones under the lock, with an entry, and nothing else", async () => {
    const context = world([58, 57, 40, 20, 10]);
    const report = await pointsCleanup(context, { yes: true });
    expect([...context.points.points.keys()]).to.deep.equal(["p58", "p57", "p40"]);
    expect(report.data).to.deep.equal({ outcome: "cleaned", removed: ["p20", "p10"], kept: [], left: 3 });
    expect(context.log.filter((line) => line.startsWith("remove"))).to.deep.equal([
      "remove point p20",
      "remove point p10",
    ]);
    expect(
      (context.history.entries as readonly CommandRun[]).map(({ command, options }) => [command, options]),
    ).to.deep.equal([["rollback-points cleanup", { days: 30 }]]);
  });

  it("keeps the way back that is left, however old, and what an open watch needs", async () => {
    const context = world([58, 57, 20, 10]);
    const watch = { schema: 1, service: "web", release: "r", start: day(1), end: day(2), alarms: [] } as const;
    context.watches.records.set("web", { ...watch, point: "p10", state: "open" });
    const { data, summary } = await pointsCleanup(context, { yes: true, count: 1 });
    expect(data).to.deep.include({
      removed: ["p57"],
      kept: [
        { id: "p20", because: "newest usable" },
        { id: "p10", because: "watched" },
      ],
    });
    expect(summary).to.equal("1 rollback point is forgotten; 3 stay.");
    expect(context.output.said[0]).to.contain("p10 stays though it is old: watched.");
  });

  it("needs nothing of a watch that is over", async () => {
    const context = world([58, 40, 10]);
    const watch = { schema: 1, service: "web", release: "r", start: day(1), end: day(2), alarms: [] } as const;
    context.watches.records.set("web", { ...watch, point: "p10", state: "ended" });
    expect((await pointsCleanup(context, { yes: true })).data["removed"]).to.deep.equal(["p10"]);
  });

  for (const [what, options, answers] of [
    ["a dry run", { dryRun: true }, undefined],
    ["an answer that is not yes", {}, ["no"]],
  ] as const) {
    it(`forgets nothing in ${what}`, async () => {
      const context = world([58, 40, 10], answers === undefined ? {} : { answers });
      const { data } = await pointsCleanup(context, options);
      expect([data["removed"], context.points.points.size]).to.deep.equal([["p10"], 3]);
    });
  }

  it("says when none is old", async () => {
    const { data, summary } = await pointsCleanup(world([58, 57]), { yes: true, days: 7 });
    expect([data["outcome"], summary]).to.deep.equal(["unchanged", "No rollback point of staging is too old."]);
  });

  for (const options of [{ days: 1, count: 1 }, { count: 0 }, { count: 1.5 }, { days: -1 }, { days: NaN }]) {
    it(`is wrong usage with ${JSON.stringify(options)}, before anybody is asked`, async () => {
      const context = world([1]);
      const error: unknown = await pointsCleanup(context, { yes: true, ...options }).catch((thrown: unknown) => thrown);
      expect(error).to.include({ code: "usage", exitCode: 2 });
      expect(context.log).to.deep.equal([]);
    });
  }
});
