import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import { readStackFacts, type StackFacts } from "../../../automation/release/stack-facts";
import { shopConfig, shopFacts, webGroups } from "../../_helpers/a-shop-release";
import { FakeEngine } from "../../_fakes/fake-engine";

const deployed: Readonly<Record<string, unknown>> = {
  stackName: "shop-staging",
  releases: shopFacts().releases,
  ClusterName: "shop",
  ServiceNames: shopFacts().serviceNames,
  TargetGroupArns: shopFacts().targetGroups,
  LoadBalancerDNS: "shop.elb.amazonaws.com",
  TestListenerUrl: "http://shop.elb.amazonaws.com:9000/",
  ReleaseAlarmNames: { web: ["shop-web-errors"], api: ["shop-api-errors"] },
  WebEndpoint: "http://shop.elb.amazonaws.com",
};

const read = (outputs: Readonly<Record<string, unknown>>): Promise<StackFacts> =>
  readStackFacts({
    stack: "staging",
    config: shopConfig(),
    engine: new FakeEngine({
      outputs: Object.entries(outputs).map(([name, value]) => ({ name, value, secret: false })),
    }),
  });

describe("the facts of a stack", () => {
  it("are its outputs", async () => {
    expect(await read(deployed)).to.deep.equal(shopFacts());
  });

  it("have nothing of a load balancer where there is none", async () => {
    const { releases, ClusterName, ServiceNames } = deployed;
    expect(await read({ releases, ClusterName, ServiceNames })).to.deep.equal(
      shopFacts({
        targetGroups: {},
        loadBalancerDns: null,
        testListenerUrl: null,
        releaseAlarms: {},
        endpoints: {},
      }),
    );
  });

  for (const missing of ["releases", "ClusterName", "ServiceNames"]) {
    it(`do not exist without ${missing}: nothing has been deployed`, async () => {
      const failure = await refusal({ ...deployed, [missing]: undefined });
      expect({
        code: failure.code,
        exitCode: failure.exitCode,
        message: failure.message,
        remedy: failure.remedy,
      }).to.deep.equal({
        code: "not-deployed",
        exitCode: 3,
        message: "staging has not been deployed yet, so there is nothing to release into.",
        remedy: "Nothing was changed. Run `slipway up staging` first.",
      });
    });
  }

  const odd: readonly (readonly [output: string, value: unknown])[] = [
    ["releases", { web: { live: "red", slots: {}, weights: {} } }],
    ["releases", { web: { ...shopFacts().releases["web"], shares: [] } }],
    ["releases", "web"],
    ["ClusterName", ["shop"]],
    ["ServiceNames", { web: "shop-web" }],
    ["ServiceNames", { web: { red: "shop-web" } }],
    ["TargetGroupArns", { web: webGroups }],
    ["ReleaseAlarmNames", { web: "shop-web-errors" }],
  ];
  for (const [output, value] of odd) {
    it(`are not guessed when ${output} is ${JSON.stringify(value).slice(0, 40)}`, async () => {
      const failure = await refusal({ ...deployed, [output]: value });
      expect({
        code: failure.code,
        exitCode: failure.exitCode,
        message: failure.message,
        remedy: failure.remedy,
      }).to.deep.equal({
        code: "record-newer",
        exitCode: 3,
        message: `The output "${output}" of staging has a form that this Slipway does not know: it was written by a newer Slipway, or by something else.`,
        remedy: "Nothing was changed. Use the Slipway that deployed staging last, or a later one.",
      });
    });
  }
});

async function refusal(outputs: Readonly<Record<string, unknown>>): Promise<SlipwayError> {
  const given = Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined));
  return read(given).then(
    () => expect.fail("not refused"),
    (error: unknown) => (error instanceof SlipwayError ? error : expect.fail(String(error))),
  );
}
