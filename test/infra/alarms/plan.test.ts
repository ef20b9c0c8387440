import { expect } from "chai";
import { planAlarms, type AlarmsPlan, type AlarmsPlanInput, type Watched } from "../../../infra/alarms/plan";
import type { AlarmRuleConfig } from "../../../infra/config/schema";
import { stackConfig } from "../../_helpers/stack-config";

const rulesOf = (rules: readonly object[]): readonly AlarmRuleConfig[] =>
  stackConfig({ alarms: { rules } }).alarms.rules;

const oneSlot = (scope: Watched<string>["scope"], name: string, services: readonly string[] = []): Watched<string> => ({
  scope,
  name,
  services,
  slots: [{ suffix: "", dimensions: { Of: name } }],
});

const twoSlots: Watched<string> = {
  scope: "targetGroup",
  name: "web",
  services: ["web"],
  slots: [
    { suffix: "", dimensions: { Of: "web" } },
    { suffix: "-green", dimensions: { Of: "web-green" } },
  ],
};

function plan(rules: readonly object[], input: Partial<AlarmsPlanInput<string>>): AlarmsPlan<string> {
  return planAlarms({ rules: rulesOf(rules), watched: [], prefix: "shop", storageGb: undefined, ...input });
}

const alarmsOf = (result: AlarmsPlan<string>) => (result.kind === "ok" ? result.alarms : []);

describe("planAlarms", () => {
  it("makes one alarm for each rule and everything in its scope", () => {
    const watched = [oneSlot("service", "api", ["api"]), oneSlot("service", "web", ["web"]), oneSlot("database", "")];

    const result = plan(
      [
        { rule: "service-cpu", threshold: 80 },
        { rule: "database-cpu", threshold: 70 },
      ],
      { watched },
    );

    expect(
      alarmsOf(result).map(({ alarmName, threshold, services, dimensions }) => ({
        alarmName,
        threshold,
        services,
        dimensions,
      })),
    ).to.deep.equal([
      { alarmName: "shop-api-service-cpu", threshold: 80, services: ["api"], dimensions: [{ Of: "api" }] },
      { alarmName: "shop-web-service-cpu", threshold: 80, services: ["web"], dimensions: [{ Of: "web" }] },
      { alarmName: "shop-database-cpu", threshold: 70, services: [], dimensions: [{ Of: "" }] },
    ]);
  });

  it("watches both slots by themselves, and their targets as one", () => {
    const rules = [
      { rule: "error-rate", threshold: 5 },
      { rule: "healthy-targets", threshold: 1 },
    ];

    const result = plan(rules, { watched: [twoSlots] });

    expect(alarmsOf(result).map(({ alarmName, dimensions }) => [alarmName, dimensions])).to.deep.equal([
      ["shop-web-error-rate", [{ Of: "web" }]],
      ["shop-web-green-error-rate", [{ Of: "web-green" }]],
      ["shop-web-healthy-targets", [{ Of: "web" }, { Of: "web-green" }]],
    ]);
  });

  it("says severity, metric, limit and reason in the description", () => {
    const rule = {
      rule: "latency-p95",
      threshold: 0.1,
      periodSeconds: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      severity: "P1",
    };

    const [alarm] = alarmsOf(plan([rule], { watched: [oneSlot("targetGroup", "web")] }));

    expect(alarm?.description).to.equal(
      "P1: Response time (p95) of web above 0.1 seconds (3 of 5 x 60 s). One user in twenty waits longer than promised.",
    );
  });

  for (const [rule, threshold, bytes] of [
    ["database-free-storage", 2, 2 * 1024 ** 3],
    ["database-free-storage-percent", 20, 20 * 1024 ** 3],
  ] as const) {
    it(`turns the limit of ${rule} into bytes`, () => {
      const result = plan([{ rule, threshold }], { watched: [oneSlot("database", "")], storageGb: 100 });

      expect(alarmsOf(result).map((alarm) => alarm.threshold)).to.deep.equal([bytes]);
    });
  }

  it("gives a single alarm the exact name that is asked for", () => {
    const rule = { rule: "service-cpu", threshold: 70, name: "CodeFlow-HighCPU" };

    const result = plan([rule], { watched: [oneSlot("service", "web")] });

    expect(alarmsOf(result).map(({ alarmName }) => alarmName)).to.deep.equal(["CodeFlow-HighCPU"]);
  });

  it("refuses one exact name for several alarms", () => {
    const rule = { rule: "error-rate", threshold: 5, name: "Errors" };

    expect(plan([rule], { watched: [twoSlots] })).to.deep.equal({
      kind: "refused",
      faults: [
        'Rule error-rate makes 2 alarms, so they cannot all be named "Errors".',
        'More than one alarm would be named "Errors". Give one of the rules a name of its own.',
      ],
    });
  });

  it("takes one rule twice, as a warning and as an alert, when one has its own name", () => {
    const rules = [
      { rule: "service-cpu", threshold: 70, name: "HighCPU" },
      { rule: "service-cpu", threshold: 80 },
    ];

    expect(plan(rules, { watched: [oneSlot("service", "web")] }).kind).to.equal("ok");
    expect(plan([rules[1] ?? {}, rules[1] ?? {}], { watched: [oneSlot("service", "web")] }).kind).to.equal("refused");
  });
});
