import { expect } from "chai";
import { runLoad } from "../../../sandbox/load/run-load";
import { loadPorts } from "../../../sandbox/load/sockets";
import { sandboxProject, type SandboxProject } from "../../_helpers/sandbox-project";
import { clientsOf, type Clients } from "./clients";
import { openStore, type Store } from "./store";

const account = "717171717171";
const region = "eu-central-1";
const broken = "v3-fault.crash-at-start";

interface ServiceView {
  readonly taskDefinition: string;
  readonly runningCount: number;
  readonly deployments: readonly { readonly rolloutState: string }[];
  readonly events: readonly { readonly message: string }[];
}

describe("clients that know nothing of a sandbox", () => {
  let project: SandboxProject;
  let clients: Clients;
  let store: Store;
  let address: string;

  before(async () => {
    project = sandboxProject();
    const { endpoint } = (await project.json("sandbox", "start", "--speed", "20")) as { readonly endpoint: string };
    clients = await clientsOf(endpoint, account, region);
    store = await openStore({ clients, project, account, region, tags: ["v1", "v2", broken] });
    const answer = await fetch(`${endpoint}/_slipway/ports`);
    const { ports } = (await answer.json()) as { readonly ports: readonly { readonly address: string }[] };
    address = ports[0]?.address ?? "";
  });

  after(async () => project.remove());

  const service = async (name: string): Promise<ServiceView> => {
    const { services } = await clients.aws<{ readonly services: readonly ServiceView[] }>(
      ...["ecs", "describe-services", "--cluster", "store", "--services", name],
    );
    const [found] = services;
    if (!found) throw new Error(`There is no service ${name}.`);
    return found;
  };
  const runs = async (name: string): Promise<string | undefined> =>
    (await service(name)).taskDefinition.split("/").at(-1);
  const stable = async (name: string): Promise<void> =>
    clients.aws("ecs", "wait", "services-stable", "--cluster", "store", "--services", name);

  it("build services with the AWS CLI that become stable, with all their targets in service", async () => {
    const [web, worker] = await Promise.all([store.define("web", "v1"), store.define("worker", "v1")]);
    await Promise.all([store.serve("web", web), store.serve("worker", worker)]);

    await Promise.all([stable("web"), stable("worker")]);
    await clients.aws("elbv2", "wait", "target-in-service", "--target-group-arn", store.targetGroup);

    const states = await clients.aws<readonly string[]>(
      ...["elbv2", "describe-target-health", "--target-group-arn", store.targetGroup],
      ...["--query", "TargetHealthDescriptions[].TargetHealth.State"],
    );
    expect(states).to.deep.equal(["healthy", "healthy"]);
    expect((await fetch(address)).headers.get("x-slipway-version")).to.equal("v1");
  });

  it("update a service while people use it, and none of them notices", async () => {
    const next = await store.define("web", "v2");
    const ports = loadPorts({ connections: 16, timeoutMs: 10_000 });
    const stop = new AbortController();
    const target = { origin: address, path: "/", headers: {} };
    const load = runLoad({ targets: [target], rps: 50, durationMs: 600_000 }, { ...ports, stop: stop.signal });

    try {
      await clients.aws(
        ...["ecs", "update-service", "--cluster", "store", "--service", "web", "--task-definition", next],
      );
      await stable("web");
    } finally {
      stop.abort();
    }

    const { failures, byVersion, answered } = await load;
    ports.close();
    expect(failures).to.deep.equal({});
    expect(answered).to.be.greaterThan(100);
    expect(Object.keys(byVersion)).to.deep.equal(["v1", "v2"]);
    expect((await fetch(address)).headers.get("x-slipway-version")).to.equal("v2");
    expect(await runs("web")).to.equal(next);
  });

  it("read what has happened: events of the service, and lines of its programs", async () => {
    const [{ events }, lines] = await Promise.all([
      service("web"),
      clients.aws<readonly string[]>(
        ...["logs", "filter-log-events", "--log-group-name", "/ecs/store", "--log-stream-name-prefix", "web/app/"],
        ...["--query", "events[].message"],
      ),
    ]);

    const told = events.map(({ message }) => message);
    expect(told[0]).to.equal("(service web) has reached a steady state.");
    expect(told[1]).to.match(/^\(service web\) \(deployment ecs-svc\/\d+\) deployment completed\.$/);
    expect(
      told.some((message) => /^\(service web\) has started 2 tasks: \(task [0-9a-f]{32}\)/.test(message)),
    ).to.equal(true);
    expect(lines.length).to.be.at.least(4);
  });

  it("put alarms and read their states", async () => {
    await clients.aws(
      ...["cloudwatch", "put-metric-alarm", "--alarm-name", "store-never", "--namespace", "Store"],
      ...["--metric-name", "Nothing", "--statistic", "Sum", "--period", "60", "--evaluation-periods", "1"],
      ...["--threshold", "1", "--comparison-operator", "GreaterThanThreshold"],
    );

    const states = await clients.aws<readonly unknown[]>(
      ...["cloudwatch", "describe-alarms", "--alarm-names", "store-never"],
      ...["--query", "MetricAlarms[].[AlarmName,StateValue,Threshold]"],
    );

    expect(states).to.deep.equal([["store-never", "INSUFFICIENT_DATA", 1]]);
  });

  it("deploy a tag with ecs-deploy", async () => {
    const before = await runs("worker");

    const { code, stdout, stderr } = await clients.ecsDeploy(
      ...["deploy", "store", "worker", "--tag", "v2", "--timeout", "60"],
    );

    expect(code, stdout + stderr).to.equal(0);
    expect(stdout).to.contain("Deployment successful");
    const after = await service("worker");
    expect(after.deployments).to.have.lengthOf(1);
    expect([after.runningCount, await runs("worker")]).to.deep.equal([2, "worker:2"]);
    expect(before).to.equal("worker:1");
  });

  it("are taken back by ecs-deploy when a tag does not run", async () => {
    const { code, stdout, stderr } = await clients.ecsDeploy(
      ...["deploy", "store", "worker", "--tag", broken, "--rollback", "--timeout", "15"],
    );

    expect(code, stdout + stderr).to.equal(1);
    expect(stderr).to.contain(
      "Deployment failed, but service has been rolled back to previous task definition: worker:2",
    );
    expect([await runs("worker"), (await service("worker")).runningCount]).to.deep.equal(["worker:2", 2]);
  });
});
