import { expect } from "chai";
import { program } from "../../../infra/program";
import { recordResources, resourceNamed, resourcesOf, settled, type Properties } from "../../_helpers/pulumi-mocks";

const loadBalancer = { healthCheck: { path: "/health" } };

const web = { containers: { web: { image: { repository: "shop/web", tag: "v1" }, port: 8080, loadBalancer } } };

const config = {
  "aws:region": "eu-central-1",
  "slipway:system": "shop",
  "slipway:environment": "prod",
  "slipway:account": '{"id":"686831565523"}',
  "slipway:network": '{"mode":"create"}',
  "slipway:loadBalancer": JSON.stringify({ scheme: "internal", http: "forward", test: { port: 8443 } }),
  "slipway:alarms": JSON.stringify({
    rules: [
      { rule: "error-rate", threshold: 5 },
      { rule: "load-balancer-5xx", threshold: 5 },
      { rule: "running-below-desired", threshold: 0 },
    ],
  }),
  "slipway:services": JSON.stringify({ web: { release: { strategy: "canary", controller: "ecs" }, ...web } }),
};

async function run(remembered: Properties = {}) {
  const resources = await recordResources({
    config,
    calls: {
      "pulumi:pulumi:readStackOutputs": { outputs: remembered },
      "pulumi:pulumi:readStackResourceOutputs": { outputs: {} },
    },
  });
  const outputs = await program({ startedAt: "20251119-143022" });
  await settled();
  return { resources, outputs };
}

describe("program, with traffic that ECS shifts", () => {
  it("names the very alarms that it makes and that stop a release", async () => {
    const { resources } = await run();

    const made = resourcesOf(resources, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => inputs["name"]);
    const { alarmNames } = resourceNamed(resources, "web-service").inputs["alarms"] as { alarmNames: string[] };
    expect(alarmNames).to.deep.equal([
      "shop-prod-load-balancer-5xx",
      "shop-prod-web-error-rate",
      "shop-prod-web-green-error-rate",
    ]);
    expect(made).to.include.members(alarmNames);
  });

  it("hands the rules over to ECS after the first run, and changes nothing else by it", async () => {
    const first = await run();
    const { releases, stackName, NativeServices } = first.outputs;
    const second = await run({ releases, stackName, NativeServices });

    const ignored = (resources: typeof first.resources) =>
      resources.flatMap(({ name, options }) => (options.ignoreChanges?.length ? [[name, options.ignoreChanges]] : []));
    expect(ignored(first.resources)).to.deep.equal([]);
    expect(ignored(second.resources)).to.have.deep.members([
      ["load-balancer-http-web", ["actions"]],
      ["load-balancer-test-web", ["actions"]],
    ]);
    expect(second.resources.map(({ name, inputs }) => [name, inputs])).to.have.deep.members(
      first.resources.map(({ name, inputs }) => [name, inputs]),
    );
  });

  it("tells the test listener's URL and who shifts", async () => {
    const { outputs } = await run();
    expect(outputs["NativeServices"]).to.deep.equal(["web"]);
    expect(Object.keys(outputs)).to.include("TestListenerUrl");
  });

  it("refuses to take a service over from ECS before it declares anything", async () => {
    const { outputs } = await run();
    const own = JSON.stringify({ web });
    const resources = await recordResources({
      config: { ...config, "slipway:services": own },
      calls: { "pulumi:pulumi:readStackOutputs": { outputs } },
    });

    const refused = await program({ startedAt: "20251119-143022" }).catch((error: unknown) => String(error));
    expect(refused).to.contain("web: ECS itself shifts the traffic");
    expect(resources).to.deep.equal([]);
  });
});
