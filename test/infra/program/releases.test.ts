import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { program } from "../../../infra/program";
import type { ProgramInputs } from "../../../infra/program-inputs";
import { releasesSchema, type Releases, type ServiceRelease } from "../../../infra/releases";
import { recordResources, settled, type Properties, type Recorded } from "../../_helpers/pulumi-mocks";

const certificateArn = "arn:aws:acm:eu-central-1:686831565523:certificate/1";
const loadBalancer = { healthCheck: { path: "/health" } };

/** Two services: `web` with two slots, and `jobs`, which only rolls. */
const config = {
  "aws:region": "eu-central-1",
  "slipway:system": "shop",
  "slipway:environment": "prod",
  "slipway:account": '{"id":"686831565523"}',
  "slipway:network": '{"mode":"create"}',
  "slipway:loadBalancer": JSON.stringify({ scheme: "internet-facing", https: { certificateArn } }),
  "slipway:services": JSON.stringify({
    jobs: { containers: { jobs: { image: { repository: "shop/jobs", tag: "v1" } } } },
    web: {
      desiredCount: 2,
      autoscaling: { min: 2, max: 6, cpuTarget: 60 },
      release: { strategy: "blue-green" },
      containers: { web: { image: { repository: "shop/web", tag: "v1" }, port: 8080, loadBalancer } },
    },
  }),
};

interface Run {
  readonly resources: readonly Recorded[];
  readonly releases: Releases;
  readonly spotServices: unknown;
}

/** Runs the program on a stack that remembers some outputs, or has some resources left of a run that failed. */
async function run(
  inputs: Partial<ProgramInputs> = {},
  remembered: Properties = {},
  { services, left = {} }: { readonly services?: string | undefined; readonly left?: Properties } = {},
): Promise<Run> {
  const changed = services === undefined ? {} : { "slipway:services": services };
  const resources = await recordResources({
    config: { ...config, ...changed },
    calls: {
      "pulumi:pulumi:readStackOutputs": { outputs: remembered },
      "pulumi:pulumi:readStackResourceOutputs": { outputs: left },
    },
  });
  const outputs = await program({ startedAt: "20251119-143022", ...inputs });
  await settled();
  const { releases, SpotServices: spotServices } = outputs;
  return { resources, releases: releasesSchema.parse(releases), spotServices };
}

/** Logical names of the resources whose inputs or options differ between two runs, those that come or go included. */
function differing(one: readonly Recorded[], other: readonly Recorded[]): string[] {
  const texts = (resources: readonly Recorded[]) =>
    new Map(resources.map(({ type, name, inputs, options }) => [`${type} ${name}`, JSON.stringify([inputs, options])]));
  const [before, after] = [texts(one), texts(other)];
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => key.split(" ")[1] ?? "")
    .sort();
}

const web = (slots: { blue: string; green: string }, live: "blue" | "green" = "blue"): ServiceRelease => ({
  live,
  slots: { blue: { images: { web: `shop/web:${slots.blue}` } }, green: { images: { web: `shop/web:${slots.green}` } } },
  weights: live === "blue" ? { blue: 100, green: 0 } : { blue: 0, green: 100 },
});

describe("program, from release to release", function () {
  // Whole environments: a second each, and several on a busy machine.
  this.timeout(30_000);

  it("starts with the configured images, and reads back what it wrote without a change", async () => {
    const first = await run();
    const second = await run({}, { stackName: "shop-prod", releases: first.releases });

    expect(first.releases["web"]).to.deep.equal(web({ blue: "v1", green: "v1" }));
    expect(second.releases).to.deep.equal(first.releases);
    const third = await run({}, { stackName: "shop-prod", releases: second.releases });
    expect(differing(second.resources, third.resources)).to.deep.equal([]);
  });

  it("lets a new service begin with what it is told, and one that the stack knows stay what it is", async () => {
    const firstReleases = { web: web({ blue: "v7", green: "v7" }) };
    const remembered = { web: web({ blue: "v3", green: "v2" }) };

    const [fresh, known] = [await run({ firstReleases }), await run({ firstReleases }, { releases: remembered })];

    expect(fresh.releases["web"]).to.deep.equal(web({ blue: "v7", green: "v7" }));
    expect(known.releases["web"]).to.deep.equal(web({ blue: "v3", green: "v2" }));
    const task = fresh.resources.find(({ name }) => name === "web-task");
    expect(JSON.stringify(task?.inputs["containerDefinitions"])).to.contain("shop/web:v7");
  });

  it("hands the split of traffic over after the first deployment", async () => {
    const first = await run();
    const second = await run({}, { releases: first.releases });

    expect(differing(first.resources, second.resources)).to.deep.equal(["load-balancer-https"]);
    const listener = second.resources.find(({ name }) => name === "load-balancer-https");
    expect(listener?.options.ignoreChanges).to.deep.equal(["defaultActions"]);
  });

  it("takes the split of traffic back when a service is to roll again", async () => {
    const rolling = JSON.stringify({
      web: { containers: { web: { image: { repository: "shop/web" }, port: 8080, loadBalancer } } },
    });
    const remembered = { releases: { web: { ...web({ blue: "v3", green: "v2" }), weights: { blue: 90, green: 10 } } } };

    const { resources, releases } = await run({}, remembered, { services: rolling });

    const listener = resources.find(({ name }) => name === "load-balancer-https");
    expect(listener?.options).to.deep.equal({});
    expect(listener?.inputs["defaultActions"]).to.have.deep.nested.property("[0].type", "forward");
    expect(resources.filter(({ name }) => name.includes("green"))).to.deep.equal([]);
    expect(releases).to.deep.equal({
      web: { live: "blue", slots: { blue: { images: { web: "shop/web:v3" } } }, weights: { blue: 100, green: 0 } },
    });
  });

  it("changes exactly the task definition of the slot that gets another image", async () => {
    const remembered = { releases: (await run()).releases };
    const before = await run({}, remembered);

    const after = await run({ releases: { web: web({ blue: "v1", green: "v2" }) } }, remembered);

    // The service follows by the new revision's ARN, which mocks do not count up.
    expect(differing(before.resources, after.resources)).to.deep.equal(["web-task-green"]);
    expect(after.releases["web"]).to.deep.equal(web({ blue: "v1", green: "v2" }));
    expect(after.releases["jobs"]).to.deep.equal(before.releases["jobs"]);
  });

  it("points the service at the new revision of its own slot", async () => {
    const { resources } = await run();

    const pointing = resources
      .filter(({ type }) => type === "aws:ecs/service:Service")
      .map(({ name, inputs }) => [name, /task-definition\/(.*):/.exec(String(inputs["taskDefinition"]))?.[1]]);
    expect(Object.fromEntries(pointing)).to.deep.equal({
      "jobs-service": "shop-prod-jobs",
      "web-service": "shop-prod-web",
      "web-service-green": "shop-prod-web-green",
    });
  });

  it("lets the scaling follow the live slot when a release is committed", async () => {
    const remembered = { releases: { web: web({ blue: "v1", green: "v2" }) } };
    const before = await run({}, remembered);

    const after = await run({ releases: { web: web({ blue: "v1", green: "v2" }, "green") } }, remembered);

    const scaling = ["web-green-scaling", "web-green-scaling-cpu", "web-scaling", "web-scaling-cpu"];
    // The counts are left alone in both slots, so the services themselves stay as they are.
    const changed = differing(before.resources, after.resources);
    expect(changed).to.include.members(scaling);
    expect(changed.filter((name) => !scaling.includes(name) && !/^web-service/.test(name))).to.deep.equal([
      "load-balancer-https",
    ]);
    const services = after.resources.filter(({ name }) => name.startsWith("web-service"));
    expect(services.map(({ options }) => options.ignoreChanges)).to.deep.equal([["desiredCount"], ["desiredCount"]]);
  });

  it("goes on forcing new deployments of a service that has left Spot, so that no later run differs", async () => {
    const before = await run();
    const after = await run({}, { SpotServices: ["jobs", "gone"] });

    expect([before.spotServices, after.spotServices]).to.deep.equal([undefined, ["jobs"]]);
    expect(differing(before.resources, after.resources)).to.deep.equal(["jobs-service"]);
  });

  it("keeps the stack's own name although the template's timestamp is another one today", async () => {
    const { resources } = await run({ startedAt: "20260101-000000" }, { stackName: "shop-prod-20251119-143022" });

    const cluster = resources.find(({ type }) => type === "aws:ecs/cluster:Cluster");
    expect(cluster?.inputs["name"]).to.equal("shop-prod-20251119-143022-cluster");
  });

  it("keeps the name that a first run has left which failed half-way", async () => {
    const left = {
      "urn:network": { type: "slipway:network:Network", outputs: { stackName: "not-this" } },
      "urn:name": { type: "slipway:network:EnvironmentName", outputs: { stackName: "shop-prod-20251119-143022" } },
    };

    const { resources } = await run({ startedAt: "20260101-000000" }, {}, { left });

    const cluster = resources.find(({ type }) => type === "aws:ecs/cluster:Cluster");
    expect(cluster?.inputs["name"]).to.equal("shop-prod-20251119-143022-cluster");
  });

  for (const [what, inputs, remembered, services, text] of [
    [
      "releases of a service that does not exist",
      { releases: { shop: web({ blue: "v1", green: "v1" }) } },
      {},
      undefined,
      "There is no service shop to release.",
    ],
    [
      "to roll a service that is live on its second slot",
      {},
      { releases: { web: web({ blue: "v1", green: "v2" }, "green") } },
      JSON.stringify({ web: { containers: { web: { image: { repository: "shop/web" } } } } }),
      "web: slot green is live",
    ],
    ["outputs that it did not write", {}, { releases: { web: "v1" } }, undefined, 'output "releases" cannot be read'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const refusal = await run(inputs, remembered, { services }).catch((error: unknown) => error);

      expect(refusal).to.be.instanceOf(pulumi.RunError);
      expect((refusal as Error).message).to.contain(text);
    });
  }
});
