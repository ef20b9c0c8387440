import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { DescribeRulesCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import { openCloud } from "../../../automation/open-cloud";
import type { Route } from "../../../automation/model/release/plan";
import type { Context } from "../../../automation/context";
import { applyEnvironment, proxyEnvironment } from "../../../sandbox/session/environment";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { openShop, type Shop } from "./shop";
import { splitTraffic } from "./split-traffic";

const account = "555566667777";
const name = "ports";
const run = promisify(execFile);

/** The real adapters of a release, against the sandbox. */
describe("what a release asks of AWS", () => {
  const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"] ?? "";
  const earlier = { ...process.env };
  let cloud: LiveCloud;
  let shop: Shop;
  let ports: Pick<Context, "containers" | "traffic" | "metrics" | "registry" | "http">;
  let groups: Route["groups"];
  let ruleArn: string;
  let dnsName: string;
  let digest: string;
  const service = { cluster: name, serviceName: name };

  before(async () => {
    cloud = await liveCloud(endpoint, account);
    const { region } = cloud;
    applyEnvironment(process.env, {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: `SANDBOX${account}`,
      AWS_SECRET_ACCESS_KEY: "x",
    });
    const env = { ...process.env, ...proxyEnvironment({ endpoint, account, region }) };
    ports = openCloud({ region, profile: undefined, env });
    shop = await openShop(cloud, name, ["v1", "v2", "v3-fault.crash-at-start", "v4", "v5", "v6"]);
    ({ groups, ruleArn } = await splitTraffic(cloud, shop));
    const told = (await cloud.control("GET", "ports")) as {
      ports: readonly { readonly account: string; readonly dnsName: string }[];
    };
    dnsName = told.ports.find((one) => one.account === account)?.dnsName ?? "";
    const v2 = await ports.registry.look(`${shop.repository}:v2`);
    digest = v2.kind === "found" ? v2.digest : "";
    // By its digest, as a release names it.
    await shop.serve(await byDigest(digest), { desiredCount: 1 });
  });

  after(() => {
    for (const key of ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
      applyEnvironment(process.env, { [key]: earlier[key] });
  });

  async function byDigest(wanted: string): Promise<string> {
    return shop.define("unused", {
      containerDefinitions: [
        {
          name: "web",
          image: `${shop.repository}@${wanted}`,
          essential: true,
          portMappings: [{ containerPort: 8080 }],
          logConfiguration: {
            logDriver: "awslogs",
            options: {
              "awslogs-group": `/ecs/${name}`,
              "awslogs-region": cloud.region,
              "awslogs-stream-prefix": "blue",
            },
          },
        },
      ],
      tags: [{ key: "Version", value: "v2" }],
    });
  }

  it("finds every place that splits, sets all of them, and leaves the rest of their actions alone", async () => {
    const routes = await ports.traffic.routesBetween(groups);

    expect(routes.map(({ kind }) => kind).sort()).to.deep.equal(["listener", "rule"]);
    const first = await ports.traffic.weights(routes);
    expect(first.find(({ arn }) => arn === ruleArn)?.weights).to.deep.equal({ blue: 25, green: 75 });
    await ports.traffic.setWeights(routes, { blue: 90, green: 10 });
    expect((await ports.traffic.weights(routes)).map(({ weights }) => weights)).to.deep.equal([
      { blue: 90, green: 10 },
      { blue: 90, green: 10 },
    ]);
    const { Rules: rules = [] } = await cloud.elb.send(new DescribeRulesCommand({ RuleArns: [ruleArn] }));
    const { Enabled: isSticky, DurationSeconds: seconds } =
      rules[0]?.Actions?.[0]?.ForwardConfig?.TargetGroupStickinessConfig ?? {};
    expect([isSticky, seconds]).to.deep.equal([true, 300]);
    await ports.traffic.setWeights(routes, { blue: 100, green: 0 });
  });

  it("says what is missing", async () => {
    const gone = `${groups.blue.slice(0, -4)}0000`;

    const errors = await Promise.all([
      ports.traffic.targets(gone).catch((error: unknown) => error),
      ports.containers.describe("no-cluster", ["x"]).catch((error: unknown) => error),
    ]);

    expect(errors.map((error) => (error as { kind?: string }).kind)).to.deep.equal(["missing", "missing"]);
    expect(await ports.containers.describe(name, ["no-service"])).to.deep.equal([]);
    expect(await ports.containers.taskDefinition("no-family")).to.equal(undefined);
    expect(await ports.metrics.alarms(["no-alarm"])).to.deep.equal([
      { name: "no-alarm", state: "MISSING", reason: "There is no alarm of this name." },
    ]);
    expect(await ports.metrics.lastLines(`/ecs/${name}`, "no-stream", 5)).to.deep.equal([]);
  });

  it("reads images, tags and repositories", async () => {
    const { repository } = shop;
    const [found, again, noTag, none] = await Promise.all(
      [`${repository}:v2`, `${repository}@${digest}`, `${repository}:v9`, `${repository}-not:v1`].map((image) =>
        ports.registry.look(image),
      ),
    );

    expect(found).to.deep.include({ kind: "found", digest, architectures: [] }).and.deep.equal(again);
    expect(noTag?.kind === "no-tag" && noTag.newest).to.have.length(5);
    expect(none).to.deep.equal({ kind: "no-repository", repository: `${name}-not` });
    const digests = await Promise.all(
      ["v1", "v2", "v4"].map(async (tag) => {
        const image = await ports.registry.look(`${repository}:${tag}`);
        return image.kind === "found" ? image.digest : "";
      }),
    );
    expect(new Set(digests).size).to.equal(3);
  });

  it("sees a service through, whose image is named by its digest, and knows its version", async () => {
    await cloud.eventually("a healthy target", async () => {
      const targets = await ports.traffic.targets(groups.blue);
      return targets.length === 1 && targets[0]?.state === "healthy" ? true : undefined;
    });
    const view = await cloud.eventually("a completed deployment", async () => {
      const [one] = await ports.containers.describe(name, [name]);
      return one?.deployments[0]?.rolloutState === "COMPLETED" ? one : undefined;
    });
    const definition = await ports.containers.taskDefinition(view.taskDefinition);

    expect({ desired: view.desired, running: view.running, count: view.deployments.length }).to.deep.equal({
      desired: 1,
      running: 1,
      count: 1,
    });
    expect(definition).to.deep.include({ version: "v2", images: { web: `${shop.repository}@${digest}` } });
    expect(await ports.containers.taskDefinitions(name, 5)).to.deep.equal([view.taskDefinition]);
    const { tasks } = (await cloud.control("GET", "snapshot")) as {
      tasks: readonly { service: string; version: string }[];
    };
    expect(tasks.filter((task) => task.service === name).map(({ version }) => version)).to.deep.equal(["v2"]);
  });

  it("reaches the load balancer under the name that it has at AWS", async () => {
    const [live, unknown, closed] = await Promise.all(
      [`http://${dnsName}/`, "http://nobody.example/", `http://${dnsName}:81/`].map((url) => ports.http.get({ url })),
    );

    expect(live?.kind === "answered" && [live.status, live.headers["x-slipway-version"]]).to.deep.equal([200, "v2"]);
    const refused = { kind: "failed", why: "the proxy answered 502" };
    expect([unknown, closed]).to.deep.equal([refused, refused]);
  });

  it("is a proxy for other programs, too", async () => {
    const curl = async (...more: readonly string[]): Promise<string> =>
      (await run("curl", ["-s", "-m", "10", "-x", endpoint, ...more])).stdout;

    expect(await curl("-o", "/dev/null", "-w", "%{http_code}", `http://${dnsName}/health`)).to.equal("200");
    expect(await curl("-p", "-o", "/dev/null", "-w", "%{http_code}", `http://${dnsName}:8080/health`)).to.equal("200");
    expect(await curl("http://nobody.example/")).to.match(/^The sandbox knows no nobody.example/);
  });

  it("counts what was asked, and how long it took", async () => {
    const from = new Date(Date.parse(String((await cloud.control("GET", "clock"))["now"])) - 60_000);
    const address = await shop.address();
    await Promise.all(Array.from({ length: 20 }, () => fetch(address, { headers: { connection: "close" } })));
    const loadBalancer = shop.loadBalancerArn.split(":loadbalancer/")[1] ?? "";
    const [blue = "", green = ""] = [groups.blue, groups.green].map((arn) => arn.split(":").at(-1) ?? "");

    const figures = await cloud.eventually("figures", async () => {
      const to = new Date(from.getTime() + 3_600_000);
      const told = await ports.metrics.figures({ loadBalancer, groups: [blue, green], from, to });
      return told.requests >= 20 && told.latencyP95 !== null ? told : undefined;
    });

    expect(figures.errors).to.equal(0);
    expect(figures.latencyP95).to.be.greaterThan(0).and.lessThan(10);
  });

  it("says why tasks of a deployment stop, by a fault in a tag that only the registry knows, and what they logged", async () => {
    const crash = await ports.registry.look(`${shop.repository}:v3-fault.crash-at-start`);
    const definition = await byDigest(crash.kind === "found" ? crash.digest : "");
    await shop.serve(definition, { serviceName: `${name}-crash`, desiredCount: 1, loadBalancers: [] });
    const crashing = { cluster: name, serviceName: `${name}-crash` };
    const [view] = await ports.containers.describe(name, [crashing.serviceName]);
    const deployment = view?.deployments[0]?.id ?? "";

    const [task] = await cloud.eventually("a stopped task", async () => {
      const tasks = await ports.containers.stoppedTasks(crashing, 3, deployment);
      return tasks.some(({ stoppedAt }) => stoppedAt !== null) ? tasks : undefined;
    });

    expect(task).to.include({
      startedBy: deployment,
      taskDefinition: definition,
      stopCode: "EssentialContainerExited",
    });
    const [container] = task?.containers ?? [];
    expect(container).to.deep.include({ name: "web", logGroup: `/ecs/${name}` });
    expect(container?.logStream).to.equal(`blue/web/${task?.arn.split("/").at(-1)}`);
    const lines = await ports.metrics.lastLines(container?.logGroup ?? "", container?.logStream ?? "", 5);
    expect(lines).not.to.deep.equal([]);
    expect(await ports.containers.stoppedTasks(crashing, 3, "ecs-svc/other")).to.deep.equal([]);
    await ports.containers.setCount(crashing, 0);
  });

  it("changes the count without a deployment, and starts one when told to", async () => {
    const [before] = await ports.containers.describe(name, [name]);
    await ports.containers.setCount(service, 2);
    const [counted] = await ports.containers.describe(name, [name]);
    const forced = await ports.containers.forceDeployment(service);

    expect(counted?.desired).to.equal(2);
    expect(counted?.deployments.map(({ id }) => id)).to.deep.equal(before?.deployments.map(({ id }) => id));
    expect(forced).to.include({ status: "PRIMARY", taskDefinition: before?.taskDefinition });
    expect(forced.id).not.to.equal(before?.deployments[0]?.id);
    await ports.containers.setCount(service, 0);
  });
});
