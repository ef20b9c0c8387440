import type { Action } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import fc from "fast-check";
import { percentOf, splitsBetween, withWeights } from "../../../automation/adapters/elb-actions";

const groups = { blue: "arn:tg/blue/1", green: "arn:tg/green/2" };
const off = { Enabled: false };

/** As DescribeRules answers for two groups. */
const split = (blue: number | undefined, green: number | undefined, more: Partial<Action> = {}): Action => ({
  Type: "forward",
  Order: 1,
  ForwardConfig: {
    TargetGroups: [
      { TargetGroupArn: groups.blue, ...(blue === undefined ? {} : { Weight: blue }) },
      { TargetGroupArn: groups.green, ...(green === undefined ? {} : { Weight: green }) },
    ],
    TargetGroupStickinessConfig: off,
  },
  ...more,
});

/** As DescribeRules answers for one group. */
const single = (arn: string): Action => ({
  Type: "forward",
  TargetGroupArn: arn,
  Order: 1,
  ForwardConfig: { TargetGroups: [{ TargetGroupArn: arn, Weight: 1 }], TargetGroupStickinessConfig: off },
});

describe("the split between two target groups", () => {
  const cases: readonly (readonly [string, readonly Action[], ReturnType<typeof percentOf>])[] = [
    ["is exact when the weights are percents", [split(90, 10)], { blue: 90, green: 10 }],
    ["is their share of the sum otherwise", [split(1, 3)], { blue: 25, green: 75 }],
    ["counts a weight that is not told as 1", [split(undefined, 3)], { blue: 25, green: 75 }],
    ["is all on the only group", [single(groups.green)], { blue: 0, green: 100 }],
    [
      "is all on a group without a forward configuration",
      [{ Type: "forward", TargetGroupArn: groups.blue }],
      { blue: 100, green: 0 },
    ],
    ["is nothing at all when both weigh nothing", [split(0, 0)], { blue: 0, green: 0 }],
    ["leaves 1 percent to a side that gets less", [split(1, 999)], { blue: 1, green: 99 }],
    ["leaves 1 percent to the other side, too", [split(999, 1)], { blue: 99, green: 1 }],
    [
      "is read behind a login",
      [{ Type: "authenticate-oidc", Order: 1 }, split(20, 80, { Order: 2 })],
      { blue: 20, green: 80 },
    ],
    ["is unknown of other groups", [single("arn:tg/other/3")], undefined],
    ["is unknown of a redirect", [{ Type: "redirect" }], undefined],
  ];
  for (const [name, actions, expected] of cases) {
    it(name, () => {
      expect(percentOf(actions, groups)).to.deep.equal(expected);
    });
  }

  it("always adds up to 100, and is 0 only where nothing is sent", () => {
    fc.assert(
      fc.property(fc.nat(999), fc.nat(999), (blue, green) => {
        fc.pre(blue + green > 0);
        const percent = percentOf([split(blue, green)], groups);
        expect((percent?.blue ?? 0) + (percent?.green ?? 0)).to.equal(100);
        expect([percent?.blue === 0, percent?.green === 0]).to.deep.equal([blue === 0, green === 0]);
      }),
    );
  });

  it("is a route only with both groups and no third", () => {
    const third = { TargetGroupArn: "arn:tg/other/3", Weight: 1 };
    const three = split(50, 50);
    const withThird = {
      ...three,
      ForwardConfig: { TargetGroups: [...(three.ForwardConfig?.TargetGroups ?? []), third] },
    };
    expect(
      [[split(100, 0)], [single(groups.blue)], [withThird], [{ Type: "fixed-response" as const }]].map((actions) =>
        splitsBetween(actions, groups),
      ),
    ).to.deep.equal([true, false, false, false]);
  });
});

describe("new weights", () => {
  const weights = { blue: 30, green: 70 };

  it("leave order, stickiness and every other action as they were", () => {
    const login: Action = { Type: "authenticate-cognito", Order: 1, AuthenticateCognitoConfig: undefined };
    const sticky = { Enabled: true, DurationSeconds: 600 };
    const before = split(100, 0, { Order: 2 });
    const forward = { ...before, ForwardConfig: { ...before.ForwardConfig, TargetGroupStickinessConfig: sticky } };

    expect(withWeights([login, forward], groups, weights)).to.deep.equal([
      login,
      {
        Type: "forward",
        Order: 2,
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: groups.blue, Weight: 30 },
            { TargetGroupArn: groups.green, Weight: 70 },
          ],
          TargetGroupStickinessConfig: sticky,
        },
      },
    ]);
  });

  it("give an action with one group the other, without the member that allows only one", () => {
    expect(withWeights([single(groups.blue)], groups, weights)).to.deep.equal([split(30, 70)]);
  });

  it("keep the secret of a login, which nobody is told", () => {
    const oidc = {
      Issuer: "https://id.example",
      AuthorizationEndpoint: "https://id.example/a",
      TokenEndpoint: "https://id.example/t",
      UserInfoEndpoint: "https://id.example/u",
      ClientId: "shop",
    };
    const login: Action = { Type: "authenticate-oidc", Order: 1, AuthenticateOidcConfig: oidc };

    expect(withWeights([login, split(100, 0)], groups, weights)?.[0]).to.deep.equal({
      ...login,
      AuthenticateOidcConfig: { ...oidc, UseExistingClientSecret: true },
    });
  });

  it("are refused to actions that forward elsewhere", () => {
    expect(withWeights([single("arn:tg/other/3")], groups, weights)).to.equal(undefined);
  });

  it("are what is read afterwards, whatever was there", () => {
    fc.assert(
      fc.property(fc.nat(999), fc.nat(999), fc.nat(100), (blue, green, percent) => {
        const wanted = { blue: percent, green: 100 - percent };
        expect(percentOf(withWeights([split(blue, green)], groups, wanted) ?? [], groups)).to.deep.equal(wanted);
      }),
    );
  });
});
