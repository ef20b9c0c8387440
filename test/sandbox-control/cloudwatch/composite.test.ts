import { expect } from "chai";
import fc from "fast-check";
import { alarmsIn, holds, parseRule, RuleFault } from "../../../sandbox/cloudwatch/composite/rule";
import type { Answer, Input } from "../../../sandbox/model/service-api";
import { anAlarm, topic, WatchedWorld } from "./watched-world";

/** a fires, b is fine, c has no data. */
const states: Readonly<Record<string, "ALARM" | "OK" | "INSUFFICIENT_DATA">> = {
  a: "ALARM",
  b: "OK",
  c: "INSUFFICIENT_DATA",
  'odd ("name"), 1': "ALARM",
};

const rules: readonly (readonly [rule: string, holds: boolean])[] = [
  ["ALARM(a)", true],
  ["ALARM(b)", false],
  ["OK(b) AND INSUFFICIENT_DATA(c)", true],
  ["ALARM(b) AND ALARM(b) OR ALARM(a)", true],
  ["ALARM(b) AND (ALARM(b) OR ALARM(a))", false],
  ["NOT ALARM(b) AND NOT OK(a)", true],
  ["NOT (ALARM(a) OR ALARM(b))", false],
  ["TRUE", true],
  ["false", false],
  ['ALARM("odd (\\"name\\"), 1")', true],
  ["AT_LEAST(2, ALARM, (a, b, c))", false],
  ["AT_LEAST(1, ALARM, (a, b, c))", true],
  ["AT_LEAST(2, NOT ALARM, (a, b, c))", true],
  ["AT_LEAST(50%, OK, (a, b))", true],
  ["AT_LEAST(51%, OK, (a, b))", false],
  ["ALARM(nobody)", false],
];

describe("rules of composite alarms", () => {
  for (const [rule, expected] of rules) {
    it(`${rule} ${expected ? "holds" : "does not hold"}`, () => {
      expect(holds(parseRule(rule), (name) => states[name])).to.equal(expected);
    });
  }

  it("name their alarms, each once", () => {
    const rule = parseRule("ALARM(a) AND (OK(b) OR ALARM(a)) AND AT_LEAST(1, OK, (c, b))");

    expect(alarmsIn(rule)).to.deep.equal(["a", "b", "c"]);
  });

  it("are refused when they cannot be read, whatever they are made of", () => {
    const part = fc.constantFrom(
      "ALARM",
      "OK",
      "(",
      ")",
      "a",
      ",",
      "AND",
      "OR",
      "NOT",
      "AT_LEAST",
      "2",
      '"',
      "\\",
      " ",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 25 }), (parts) => {
        try {
          parseRule(parts.join(" "));
        } catch (error) {
          expect(error).to.be.instanceOf(RuleFault);
        }
      }),
    );
    for (const rule of ["", "ALARM", "ALARM(", "ALARM(a) ALARM(b)", "AT_LEAST(x, OK, (a))", "(".repeat(5000)]) {
      expect(() => parseRule(rule), rule).to.throw(RuleFault);
    }
  });
});

describe("composite alarms", () => {
  /** Alarms a and b that only change by hand, and a composite alarm of them. */
  async function family(composite: Input): Promise<WatchedWorld> {
    const world = new WatchedWorld();
    for (const AlarmName of ["a", "b", "deploying"]) {
      const own = { AlarmName, TreatMissingData: "ignore", AlarmActions: [], OKActions: [] };
      await world.call("PutMetricAlarm", anAlarm(own));
      await world.call("SetAlarmState", { AlarmName, StateValue: "OK", StateReason: "test" });
    }
    await world.call("PutCompositeAlarm", {
      AlarmName: "both",
      AlarmActions: [topic],
      OKActions: [topic],
      ...composite,
    });
    await world.clock.advance(0);
    world.sns.length = 0;
    return world;
  }

  const set = async (world: WatchedWorld, AlarmName: string, StateValue: string): Promise<void> => {
    await world.call("SetAlarmState", { AlarmName, StateValue, StateReason: "test" });
    await world.clock.advance(0);
  };

  const describe1 = async (world: WatchedWorld): Promise<Answer | undefined> => {
    const answer = await world.call("DescribeAlarms", { AlarmTypes: ["CompositeAlarm"] });
    return (answer["CompositeAlarms"] as Answer[])[0];
  };

  it("are judged when they are made, and when a child changes", async () => {
    const world = await family({ AlarmRule: "ALARM(a) AND ALARM(b)" });
    const created = await describe1(world);
    await set(world, "a", "ALARM");
    const one = await world.state("both");
    await set(world, "b", "ALARM");
    const both = await describe1(world);

    expect([created?.["StateReason"], one, both?.["StateReason"], both?.["StateReasonData"]]).to.deep.equal([
      "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:both was created and its alarm rule evaluates to OK",
      "OK",
      "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:b transitioned to ALARM at Thursday 01 January, 2026 12:00:05 UTC",
      '{"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:eu-central-1:111122223333:alarm:b","state":{"value":"ALARM","timestamp":"2026-01-01T12:00:05.000+0000"}}]}',
    ]);
  });

  it("tell SNS the rule and the child that set them off", async () => {
    const world = await family({ AlarmRule: "ALARM(a)" });
    await set(world, "a", "ALARM");

    const message = JSON.parse(world.sns[0]?.["Message"] as string) as Answer;
    expect([message["AlarmRule"], message["Trigger"], message["TriggeringChildren"]]).to.deep.equal([
      "ALARM(a)",
      undefined,
      [
        {
          Arn: "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:a",
          State: { Value: "ALARM", Timestamp: "2026-01-01T12:00:05.000+0000" },
        },
      ],
    ]);
  });

  it("pass a change on to composite alarms of composite alarms, and stop at a cycle", async () => {
    const world = await family({ AlarmRule: "ALARM(a)" });
    await world.call("PutCompositeAlarm", { AlarmName: "outer", AlarmRule: "ALARM(both)" });
    await world.call("PutCompositeAlarm", { AlarmName: "both", AlarmRule: "ALARM(a) OR ALARM(outer)" });
    await set(world, "a", "ALARM");
    await set(world, "a", "OK");

    expect([await world.state("both"), await world.state("outer")]).to.deep.equal(["ALARM", "ALARM"]);
  });

  const suppressed = {
    AlarmRule: "ALARM(a)",
    ActionsSuppressor: "deploying",
    ActionsSuppressorWaitPeriod: 60,
    ActionsSuppressorExtensionPeriod: 120,
  };

  it("act after the wait period, in the state they have then, when nothing suppresses them", async () => {
    const world = await family(suppressed);
    world.sns.length = 0;
    await world.minutes(2);
    world.sns.length = 0;
    await set(world, "a", "ALARM");
    const waiting = await describe1(world);
    await world.clock.advance(59_000);
    const before = world.sns.length;
    await world.clock.advance(2000);

    const said = world.sns.map(({ Subject }) => Subject);
    expect([waiting?.["ActionsSuppressedBy"], waiting?.["ActionsSuppressedReason"], before, said]).to.deep.equal([
      "WaitPeriod",
      "Actions suppressed by WaitPeriod",
      0,
      ['ALARM: "both" in EU (Frankfurt)'],
    ]);
  });

  it("hold their actions while the suppressor fires, and for the extension period after it", async () => {
    const world = await family(suppressed);
    await world.minutes(2);
    world.sns.length = 0;
    await set(world, "deploying", "ALARM");
    await set(world, "a", "ALARM");
    await world.minutes(10);
    const during = [(await describe1(world))?.["ActionsSuppressedBy"], world.sns.length];
    await set(world, "deploying", "OK");
    const after = [(await describe1(world))?.["ActionsSuppressedBy"], world.sns.length];
    await world.minutes(3);

    expect([
      during,
      after,
      world.sns.map(({ Subject }) => Subject),
      (await describe1(world))?.["ActionsSuppressedBy"],
    ]).to.deep.equal([["Alarm", 0], ["ExtensionPeriod", 0], ['ALARM: "both" in EU (Frankfurt)'], undefined]);
  });

  it("need their children: those cannot be deleted before them", async () => {
    const world = await family({ AlarmRule: "ALARM(a)" });
    const refused = await world.fault("DeleteAlarms", { AlarmNames: ["a"] });
    await world.call("DeleteAlarms", { AlarmNames: ["a", "both"] });

    expect([refused, await world.state("a"), await world.state("both")]).to.deep.equal([
      "ValidationError 400: Cannot delete a as there are composite alarm(s) depending on it.",
      undefined,
      undefined,
    ]);
  });

  it("tell their children and parents, with as little of them as AWS tells", async () => {
    const world = await family({ AlarmRule: "ALARM(a)" });
    const arn = "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:";

    expect([
      await world.call("DescribeAlarms", { ChildrenOfAlarmName: "both" }),
      await world.call("DescribeAlarms", { ParentsOfAlarmName: "a" }),
    ]).to.deep.equal([
      {
        MetricAlarms: [
          {
            AlarmName: "a",
            AlarmArn: `${arn}a`,
            StateValue: "OK",
            StateUpdatedTimestamp: new Date("2026-01-01T12:00:05Z"),
          },
        ],
        CompositeAlarms: [],
      },
      { MetricAlarms: [], CompositeAlarms: [{ AlarmName: "both", AlarmArn: `${arn}both` }] },
    ]);
  });
});
