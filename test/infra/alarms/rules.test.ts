import { expect } from "chai";
import { alarmRuleNames, alarmRules, type AlarmRule } from "../../../infra/alarms/rules";

const rules: readonly (readonly [string, AlarmRule])[] = Object.entries(alarmRules);

const namesWhere = (holds: (rule: AlarmRule) => boolean): string[] =>
  rules.filter(([, rule]) => holds(rule)).map(([name]) => name);

describe("alarmRules", () => {
  it("names every rule once, in a form that may be part of an alarm's name", () => {
    expect(alarmRuleNames).to.deep.equal(rules.map(([name]) => name));
    expect(alarmRuleNames.filter((name) => !/^[a-z0-9-]+$/.test(name))).to.deep.equal([]);
  });

  for (const [name, { measure }] of rules) {
    if (measure.kind === "metric") continue;
    it(`${name} uses in its expression exactly the metrics that it reads`, () => {
      const used = new Set(measure.expression.match(/[a-z]\w*/g));

      expect([...used].sort()).to.deep.equal(Object.keys(measure.metrics).sort());
    });
  }

  it("takes no data for trouble only where it means that nothing is left", () => {
    expect(namesWhere(({ missingData }) => missingData === "breaching")).to.deep.equal(["healthy-targets"]);
  });

  it("does not send a release back for what a release itself does, or what all services share", () => {
    expect(namesWhere(({ stopsRelease }) => !stopsRelease)).to.deep.equal([
      "running-below-desired",
      "database-cpu",
      "database-free-storage",
      "database-free-storage-percent",
      "database-connections",
    ]);
  });

  it("adds up two slots only where the idle one would alarm by being idle", () => {
    expect(namesWhere(({ slotsTogether }) => slotsTogether === true)).to.deep.equal(["healthy-targets"]);
  });

  it("reads load balancer metrics only where there is a load balancer", () => {
    const metricsOf = ({ measure }: AlarmRule) =>
      measure.kind === "metric" ? [measure.metric] : Object.values(measure.metrics);
    const namespaces: Record<string, readonly string[]> = {
      loadBalancer: ["AWS/ApplicationELB"],
      targetGroup: ["AWS/ApplicationELB"],
      service: ["AWS/ECS", "ECS/ContainerInsights"],
      database: ["AWS/RDS"],
    };

    const stray = namesWhere((rule) =>
      metricsOf(rule).some(({ namespace }) => namespaces[rule.scope]?.includes(namespace) !== true),
    );

    expect(stray).to.deep.equal([]);
  });
});
