import { expect } from "chai";
import type { Operation } from "../../../sandbox/model/service-api";
import { BalancerWorld } from "./balancer-world";
import { groupArn, ruleArn, scope, toldCloud, type Wanted } from "./told-cloud";

const caller = { ...scope, accessKeyId: "SANDBOX123456789012" };
const blue = groupArn("blue");
const green = groupArn("green");
const used: Wanted = { listeners: [{ weights: { blue: 1 } }], groups: { blue: {}, green: {} } };

describe("the API of the load balancers", () => {
  let world: BalancerWorld;
  beforeEach(async () => {
    world = new BalancerWorld(
      {},
      { "elasticloadbalancing.ModifyRule": () => ({}), "elasticloadbalancing.ModifyListener": () => ({}) },
    );
    await world.set(used);
  });
  afterEach(() => world.close());

  const watched = (name: string) => world.balancer.api.operations[name] as Extract<Operation, { kind: "watched" }>;
  const refusal = (name: string, input: Record<string, unknown>): unknown => {
    try {
      void watched(name).before?.(input, caller);
      return "no error";
    } catch (error) {
      const { code, message, status } = error as { code: string; message: string; status: number };
      return { code, message, status };
    }
  };
  const codeOf = (name: string, input: Record<string, unknown>): unknown =>
    (refusal(name, input) as { code?: string }).code ?? "no error";

  it("reads the tables anew before the caller of a change hears of it", async () => {
    for (const name of [
      "CreateRule",
      "ModifyRule",
      "ModifyListener",
      "SetRulePriorities",
      "DeleteRule",
      "ModifyTargetGroupAttributes",
      "DeleteLoadBalancer",
    ]) {
      world.moto.calls.length = 0;
      await watched(name).after?.({}, caller);
      expect(
        world.moto.calls.map((call) => [call.name, call.input]),
        name,
      ).to.deep.equal([["/slipway/balancers", scope]]);
    }
  });

  it("reads once more, and not more often, for all who ask while a reading is going on", async () => {
    world.moto.calls.length = 0;
    await Promise.all(Array.from({ length: 20 }, async () => watched("ModifyRule").after?.({}, caller)));
    expect(world.moto.calls.length).to.equal(2);
  });

  it("passes on that the cloud could not be read, and reads it again the next time", async () => {
    let isBroken = true;
    const broken = new BalancerWorld(
      {},
      {
        "/slipway/balancers": () => {
          if (isBroken) throw new Error("no cloud");
          return toldCloud(used);
        },
      },
    );
    const failure = await broken.balancer.reload(scope).then(
      () => "none",
      (error: Error) => error.message,
    );
    isBroken = false;
    await broken.balancer.reload(scope);
    expect([failure, broken.balancer.ports().length]).to.deep.equal(["no cloud", 1]);
    await broken.close();
  });

  const Conditions = [{ Field: "path-pattern", Values: ["/x"] }];
  const tuple = (arn: string, Weight?: string): object => ({
    TargetGroupArn: arn,
    ...(Weight === undefined ? {} : { Weight }),
  });
  const forward = (TargetGroups: readonly object[], sticky?: object): Record<string, unknown> => ({
    Actions: [
      { Type: "forward", ForwardConfig: { TargetGroups, ...(sticky ? { TargetGroupStickinessConfig: sticky } : {}) } },
    ],
  });
  const redirect = (config: object): Record<string, unknown> => ({
    Actions: [{ Type: "redirect", RedirectConfig: config }],
  });

  const cases: readonly (readonly [string, string, Record<string, unknown>])[] = [
    ["weights within their range", "no error", forward([tuple(blue, "0"), tuple(green, "999")])],
    ["one group without a weight", "no error", forward([tuple(blue)])],
    ["a weight above 999", "ValidationError", forward([tuple(blue, "1000"), tuple(green, "0")])],
    ["a weight below 0", "ValidationError", forward([tuple(blue, "-1"), tuple(green, "0")])],
    ["a weight that is no number", "ValidationError", forward([tuple(blue, "much"), tuple(green, "0")])],
    ["two groups and one weight", "ValidationError", forward([tuple(blue, "1"), tuple(green)])],
    ["the same group twice", "ValidationError", forward([tuple(blue, "1"), tuple(blue, "2")])],
    [
      "six groups",
      "TooManyUniqueTargetGroupsPerLoadBalancer",
      forward(Array.from({ length: 6 }, (_, index) => tuple(`${blue}${index}`, "1"))),
    ],
    ["a forward to nowhere", "ValidationError", { Actions: [{ Type: "forward" }] }],
    ["stickiness without a duration", "ValidationError", forward([tuple(blue, "1")], { Enabled: "true" })],
    [
      "stickiness of more than a week",
      "ValidationError",
      forward([tuple(blue, "1")], { Enabled: "true", DurationSeconds: "604801" }),
    ],
    ["a redirect to itself", "InvalidLoadBalancerAction", redirect({ StatusCode: "HTTP_301", Query: "x=1" })],
    ["a redirect with another status", "ValidationError", redirect({ StatusCode: "HTTP_307", Port: "443" })],
    [
      "a redirect that goes elsewhere",
      "no error",
      redirect({ StatusCode: "HTTP_301", Protocol: "HTTPS", Port: "443" }),
    ],
    ["actions that are no list", "ValidationError", { Actions: "forward" }],
    ["an empty list of actions", "ValidationError", { Actions: "" }],
    [
      "two actions that answer",
      "InvalidLoadBalancerAction",
      {
        Actions: [
          { Type: "forward", TargetGroupArn: blue },
          { Type: "forward", TargetGroupArn: green },
        ],
      },
    ],
    ["its conditions left as they are", "no error", { Conditions: "" }],
  ];
  for (const [what, code, input] of cases) {
    it(`answers ${code} to ModifyRule with ${what}`, () =>
      expect(codeOf("ModifyRule", { RuleArn: ruleArn(1), ...input })).to.equal(code));
  }

  it("tells which weight is outside of its range", () => {
    expect(
      refusal("ModifyListener", { DefaultActions: forward([tuple(blue, "1"), tuple(green, "1000")])["Actions"] }),
    ).to.deep.equal({
      code: "ValidationError",
      message:
        "1 validation error detected: Value '1000' at 'defaultActions.1.member.forwardConfig.targetGroups.2.member.weight' failed to satisfy constraint: Member must have value less than or equal to 999",
      status: 400,
    });
  });

  it("wants group stickiness where a weighted group has target stickiness", async () => {
    await world.set({ ...used, groups: { blue: { attributes: { "stickiness.enabled": "true" } }, green: {} } });
    const groups = [tuple(blue, "1"), tuple(green, "1")];
    expect(codeOf("CreateRule", { Priority: "1", Conditions, ...forward(groups) })).to.equal(
      "InvalidConfigurationRequest",
    );
    expect(
      codeOf("CreateRule", {
        Priority: "1",
        Conditions,
        ...forward(groups, { Enabled: "true", DurationSeconds: "60" }),
      }),
    ).to.equal("no error");
  });

  it("refuses attributes of a target group that there are not, and checks that are switched off", () => {
    const attribute = (Key: string): unknown =>
      codeOf("ModifyTargetGroupAttributes", { TargetGroupArn: blue, Attributes: [{ Key, Value: "1" }] });
    expect([
      attribute("colour"),
      attribute("deregistration_delay.timeout_seconds"),
      codeOf("CreateTargetGroup", { Protocol: "HTTP", TargetType: "ip", HealthCheckEnabled: "false" }),
      codeOf("CreateTargetGroup", { TargetType: "lambda", HealthCheckEnabled: "false" }),
    ]).to.deep.equal(["ValidationError", "no error", "ValidationError", "no error"]);
  });

  it("refuses a priority outside of 1 to 50000", () => {
    expect(
      ["0", "1", "50000", "50001"].map((Priority) => codeOf("CreateRule", { Priority, Conditions })),
    ).to.deep.equal(["ValidationError", "no error", "no error", "ValidationError"]);
  });

  it("wants a timeout below the interval, the group's own where the request has none", () => {
    const message = (timeout: number, interval: number) =>
      `Health check timeout '${timeout}' must be smaller than the interval '${interval}'`;
    const messageOf = (name: string, input: Record<string, unknown>): unknown =>
      (refusal(name, input) as { message?: string }).message ?? "no error";
    expect([
      messageOf("CreateTargetGroup", { Protocol: "HTTP", HealthCheckIntervalSeconds: "5" }),
      messageOf("CreateTargetGroup", { Protocol: "HTTP", HealthCheckIntervalSeconds: "6" }),
      messageOf("ModifyTargetGroup", { TargetGroupArn: blue, HealthCheckTimeoutSeconds: "30" }),
      messageOf("ModifyTargetGroup", { TargetGroupArn: blue, HealthCheckTimeoutSeconds: "29" }),
      messageOf("CreateTargetGroup", { Protocol: "TCP", HealthCheckIntervalSeconds: "5" }),
    ]).to.deep.equal([message(5, 5), "no error", message(30, 30), "no error", "no error"]);
  });

  it("refuses settings of a group outside of their ranges", () => {
    const attributes = (Key: string, Value: string) =>
      codeOf("ModifyTargetGroupAttributes", { TargetGroupArn: blue, Attributes: [{ Key, Value }] });
    expect([
      codeOf("CreateTargetGroup", { Protocol: "HTTP", HealthyThresholdCount: "1" }),
      codeOf("CreateTargetGroup", { Protocol: "HTTP", UnhealthyThresholdCount: "11" }),
      attributes("deregistration_delay.timeout_seconds", "3601"),
      attributes("deregistration_delay.timeout_seconds", "3600"),
      attributes("deregistration_delay.timeout_seconds", ""),
      attributes("slow_start.duration_seconds", "10"),
      attributes("slow_start.duration_seconds", "0"),
    ]).to.deep.equal([
      "ValidationError",
      "ValidationError",
      "ValidationError",
      "no error",
      "ValidationError",
      "ValidationError",
      "no error",
    ]);
  });

  it("refuses to delete a group that a rule uses, and only that", () => {
    expect(refusal("DeleteTargetGroup", { TargetGroupArn: blue })).to.deep.equal({
      code: "ResourceInUse",
      message: `Target group '${blue}' is currently in use by a listener or a rule`,
      status: 400,
    });
    expect(refusal("DeleteTargetGroup", { TargetGroupArn: green })).to.equal("no error");
  });
});
