import { expect } from "chai";
import type { NativeRules } from "../../../infra/load-balancer/native-rules";
import { recordResources, resourceNamed, resourcesOf, settled, valueOf } from "../../_helpers/pulumi-mocks";
import {
  attachedContainer as container,
  certificateArn,
  makeLoadBalancer as make,
} from "../../_helpers/shop-load-balancer";

const groupArn = (name: string): string =>
  `arn:aws:elasticloadbalancing:eu-central-1:686831565523:targetgroup/${name}/73e2d6bc24d8a067`;
const notFound = {
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", messageBody: "Not found", statusCode: "404" },
};
const test = { port: 8443 };
const native = { web: { release: { strategy: "canary", controller: "ecs" }, containers: { web: container(8080) } } };

describe("the test listener", () => {
  it("listens like the main entrance and answers 404 without the header", async () => {
    const resources = await recordResources();

    make({ strategy: "blue-green", balancer: { test } });
    await settled();

    const { loadBalancerArn, ...listener } = resourceNamed(resources, "lb-test").inputs;
    expect(loadBalancerArn).to.match(/loadbalancer\/app\/lb/);
    expect(listener).to.deep.equal({
      port: 8443,
      protocol: "HTTPS",
      certificateArn,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      defaultActions: [notFound],
    });
  });

  it("speaks HTTP where the main entrance does", async () => {
    const resources = await recordResources();

    make({ balancer: { https: undefined, http: "forward", test } });
    await settled();

    expect(resourceNamed(resources, "lb-test").inputs).to.deep.include({ port: 8443, protocol: "HTTP" });
  });

  it("sends the header's slot to that slot's targets and nowhere else, on the conditions of the container", async () => {
    const resources = await recordResources();

    make({ strategy: "blue-green", balancer: { test } });
    await settled();

    const rule = (name: string) => {
      const { actions, conditions } = resourceNamed(resources, name).inputs;
      return { actions, conditions };
    };
    const header = (slot: string) => ({ httpHeader: { httpHeaderName: "x-slipway-slot", values: [slot] } });
    const own = [{ hostHeader: { values: ["shop.example"] } }, { pathPattern: { values: ["/api/*"] } }];
    const to = (name: string) => [{ type: "forward", targetGroupArn: groupArn(name) }];
    expect(rule("lb-test-web-blue")).to.deep.equal({ actions: to("web-blue"), conditions: [header("blue")] });
    expect(rule("lb-test-web-green")).to.deep.equal({ actions: to("web-green"), conditions: [header("green")] });
    expect(rule("lb-test-api-green")).to.deep.equal({
      actions: to("api-green"),
      conditions: [header("green"), ...own],
    });
  });

  it("changes with no release: nothing of its static rules is left alone", async () => {
    const resources = await recordResources();

    make({ strategy: "blue-green", balancer: { test } }, { releasedServices: new Set(["web", "api"]) });
    await settled();

    const rules = resources.filter(({ name }) => name.startsWith("lb-test-"));
    expect(rules.map(({ options }) => options)).to.deep.equal([{}, {}, {}, {}]);
  });

  it("never chooses by the header at the main listener", async () => {
    const resources = await recordResources();

    make({ strategy: "blue-green", balancer: { test, http: "forward" } });
    await settled();

    const main = resourcesOf(resources, "aws:lb/listenerRule:ListenerRule").filter(
      ({ name }) => !name.startsWith("lb-test"),
    );
    expect(main).to.have.length(2);
    expect(JSON.stringify(main)).not.to.contain("x-slipway-slot");
  });

  it("is not there unless it is asked for", async () => {
    const resources = await recordResources();

    make({ strategy: "blue-green" });
    await settled();

    expect(resources.filter(({ name }) => name.startsWith("lb-test"))).to.deep.equal([]);
  });
});

describe("the rules that ECS shifts", () => {
  const split = [
    {
      type: "forward",
      forward: {
        targetGroups: [
          { arn: groupArn("web-blue"), weight: 100 },
          { arn: groupArn("web-green"), weight: 0 },
        ],
      },
    },
  ];

  it("are a rule for all requests at each listener, with both target groups of the only slot", async () => {
    const resources = await recordResources();

    const balancer = make({ services: native, balancer: { test } });
    await settled();

    const all = { conditions: [{ pathPattern: { values: ["/*"] } }], actions: split };
    expect(resourceNamed(resources, "lb-https").inputs["defaultActions"]).to.deep.equal([notFound]);
    expect(resourceNamed(resources, "lb-https-web").inputs).to.deep.include({ ...all, priority: 50_000 });
    expect(resourceNamed(resources, "lb-test-web").inputs).to.deep.include({ ...all, priority: 49_999 });
    const rules = balancer.nativeRules["web"]?.["web"];
    const arn = async (output: NativeRules["test"]) =>
      output === undefined ? undefined : (await valueOf(output)).replace(/^.*\//, "");
    expect([await arn(rules?.production), await arn(rules?.test)]).to.deep.equal(["lb-https-web", "lb-test-web"]);
  });

  it("are left alone once ECS has had them", async () => {
    const resources = await recordResources();

    make({ services: native, balancer: { test } }, { releasedServices: new Set(["web"]) });
    await settled();

    const ignored = resources.filter(({ options }) => options.ignoreChanges !== undefined);
    expect(ignored.map(({ name, options }) => [name, options.ignoreChanges])).to.have.deep.members([
      ["lb-https-web", ["actions"]],
      ["lb-test-web", ["actions"]],
    ]);
  });

  it("are named only for services that ECS shifts", async () => {
    await recordResources();

    const balancer = make({ strategy: "blue-green", balancer: { test } });
    await settled();

    expect(balancer.nativeRules).to.deep.equal({});
  });
});
