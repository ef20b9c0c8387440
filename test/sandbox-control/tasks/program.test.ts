import { expect } from "chai";
import type { TaskView } from "../../../sandbox/model/tasks";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { goodAnswers, registry, TaskCloud, web } from "./task-cloud";

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

/** Asks the task itself, over its own address. */
async function ask({ ip, containers }: TaskView, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`http://${ip}:${containers[0]?.ports[0]}${path}`, { headers });
  return {
    status: response.status,
    body: (await response.json()) as Answer["body"],
    headers: response.headers,
  };
}

const isRefused = async (task: TaskView): Promise<boolean> =>
  ask(task, "/").then(
    () => false,
    () => true,
  );

describe("the program in a task", () => {
  let cloud: TaskCloud;
  afterEach(() => cloud.running.close());

  const timestamp = "2026-01-01T00:00:30.000Z";
  const answers: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ["/health", { status: "healthy", version: "v1.2.3", timestamp }],
    ["/health?deep=1", { status: "healthy", version: "v1.2.3", timestamp }],
    ["/api/health", { status: "ok", service: "shop-web", version: "v1.2.3", timestamp }],
    ["/api/ready", { ready: true, service: "shop-web", version: "v1.2.3", checks: { database: "ok" } }],
  ];
  for (const [path, body] of answers) {
    it(`answers ${path}`, async () => {
      cloud = new TaskCloud();
      const answer = await ask(await cloud.started(), path);

      expect([answer.status, answer.body]).to.deep.equal([200, body]);
    });
  }

  it("says on every other path who it is, in the headers too", async () => {
    cloud = new TaskCloud();
    const task = await cloud.started();
    const { status, body, headers } = await ask(task, "/orders/1?x=2");

    expect([status, body]).to.deep.equal([
      200,
      { service: "shop-web", version: "v1.2.3", task: task.id, container: "web", path: "/orders/1" },
    ]);
    expect([headers.get("x-slipway-version"), headers.get("x-slipway-task")]).to.deep.equal(["v1.2.3", task.id]);
  });

  it("heeds the environment that it documents", async () => {
    const environment = {
      SERVICE_NAME: "afu9-control-center",
      VERSION: "9",
      APP_VERSION: "0.2.5",
      HEALTH_STATUS: "up",
    };
    const pairs = Object.entries(environment).map(([name, value]) => ({ name, value }));
    cloud = new TaskCloud(goodAnswers([{ ...web, environment: pairs }]));
    const task = await cloud.started();

    expect((await ask(task, "/health")).body).to.deep.equal({ status: "up", version: "0.2.5", timestamp });
    expect((await ask(task, "/api/ready")).body).to.deep.include({ service: "afu9-control-center" });
  });

  it("has the tag for its version by which the registry knows the digest of the definition", async () => {
    const image = `${registry}/shop/web@sha256:${"ab".repeat(32)}`;
    cloud = new TaskCloud({
      ...goodAnswers([{ ...web, image }]),
      "AmazonEC2ContainerRegistry_V20150921.BatchGetImage": () => ({
        images: [{ imageId: { imageDigest: `sha256:${"ab".repeat(32)}`, imageTag: "v7" } }],
      }),
    });

    expect((await ask(await cloud.started(), "/health")).body["version"]).to.equal("v7");
  });

  it("that is not well says so on its health paths and to the load balancer, and serves all the same", async () => {
    cloud = new TaskCloud();
    const task = await cloud.started();
    cloud.behaviour = { isNeverHealthy: true };
    const paths = ["/health", "/api/health", "/api/ready", "/"];
    const statuses = await Promise.all(paths.map(async (path) => (await ask(task, path)).status));
    const probe = await ask(task, "/", { "user-agent": "ELB-HealthChecker/2.0" });
    cloud.behaviour = {};

    expect([...statuses, probe.status]).to.deep.equal([503, 503, 503, 200, 503]);
    expect((await ask(task, "/health")).status).to.equal(200);
  });

  it("fails exactly the share of requests that it is to fail, health left out", async () => {
    cloud = new TaskCloud();
    const task = await cloud.started();
    cloud.behaviour = { errorPercent: 25 };
    const statuses: number[] = [];
    const healths: number[] = [];
    for (let count = 0; count < 12; count++) {
      statuses.push((await ask(task, "/orders")).status);
      healths.push((await ask(task, "/health")).status);
    }

    expect(statuses.filter((status) => status === 500)).to.have.length(3);
    expect(healths).to.deep.equal(Array(12).fill(200));
  });

  it("claims another version", async () => {
    cloud = new TaskCloud();
    const task = await cloud.started();
    cloud.behaviour = { version: "v0.0.1" };
    const { body, headers } = await ask(task, "/health");

    expect([body["version"], headers.get("x-slipway-version")]).to.deep.equal(["v0.0.1", "v0.0.1"]);
  });

  it("takes its time, but not for its health", async () => {
    cloud = new TaskCloud();
    const task = await cloud.started();
    cloud.behaviour = { latencyMs: 120 };
    const begin = performance.now();
    await ask(task, "/health");
    const health = performance.now() - begin;
    await ask(task, "/orders");

    expect(health).to.be.below(100);
    expect(performance.now() - begin - health).to.be.above(110);
  });

  it("listens only after its slow start", async () => {
    cloud = new TaskCloud();
    cloud.behaviour = { slowStartSeconds: 60 };
    const task = await cloud.started();
    expect([task.lastStatus, await isRefused(task)]).to.deep.equal(["RUNNING", true]);

    await cloud.clock.advance(60_000);

    expect((await ask(task, "/health")).status).to.equal(200);
  });

  it("finishes what is in flight on SIGTERM, takes nothing new, and then ends with 0", async () => {
    cloud = new TaskCloud();
    const task = await cloud.started();
    cloud.behaviour = { latencyMs: 150 };
    const asked = cloud.nextAsked();
    const inFlight = ask(task, "/orders");
    await asked;
    cloud.running.tasks.stop(task.id, { code: "UserInitiated", text: "enough" });
    await cloud.clock.advance(1);
    expect([cloud.task(task.id).lastStatus, await isRefused(task)]).to.deep.equal(["STOPPING", true]);

    expect((await inFlight).status).to.equal(200);
    await cloud.clock.advance(1);

    expect(cloud.task(task.id).lastStatus).to.equal("DEPROVISIONING");
    expect(cloud.task(task.id).containers[0]?.exitCode).to.equal(0);
  });

  it("takes its requests with it when it is killed", async () => {
    cloud = new TaskCloud();
    const task = await cloud.started();
    cloud.behaviour = { latencyMs: 5_000, crashAfterSeconds: 40 };
    const asked = cloud.nextAsked();
    const inFlight = ask(task, "/orders").then(
      () => "answered",
      () => "cut off",
    );
    await asked;
    await cloud.clock.advance(60_000);

    expect(await inFlight).to.equal("cut off");
  });

  it("survives a client that talks nonsense, and one that leaves before the answer", async () => {
    cloud = new TaskCloud();
    const task = await cloud.started();
    for (const text of ["nonsense\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"]) {
      const socket = connect({ host: task.ip ?? "", port: 38080 });
      socket.write(text);
      if (text.startsWith("GET")) socket.destroy();
      socket.resume();
      await new Promise((resolve) => socket.once("close", resolve));
    }

    expect((await ask(task, "/health")).status).to.equal(200);
  });

  it("is reached elsewhere when something on the machine has its port on every address", async () => {
    const other = createServer().listen(0, "0.0.0.0");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    cloud = new TaskCloud(goodAnswers([{ ...web, portMappings: [{ containerPort: port }] }]));
    const task = await cloud.started();
    const place = cloud.running.place(task.ip ?? "", port);
    const response = await fetch(`http://${place.host}:${place.port}/health`);
    await new Promise((resolve) => other.close(resolve));

    expect([task.containers[0]?.ports, response.status]).to.deep.equal([[port], 200]);
    expect(place.port).not.to.equal(port);
  });

  it("uses cpu and memory by what it serves, up to all of its memory before it is killed", async () => {
    let now = 0;
    cloud = new TaskCloud(goodAnswers(), { realNow: () => now });
    const task = await cloud.started();
    expect(task.use).to.deep.equal({ cpuPercent: 2, memoryPercent: 18.8 });
    for (let count = 0; count < 50; count++) await ask(task, "/orders");
    now += 1_000;
    await cloud.clock.advance(5_000);
    // 50 requests in a second at 2 ms of a vCPU each are 10 % of a vCPU, of which the task has a quarter.
    expect(cloud.task(task.id).use).to.deep.equal({ cpuPercent: 42, memoryPercent: 23.6 });

    cloud.behaviour = { outOfMemoryAfterSeconds: 100 };
    await cloud.clock.advance(85_000);

    expect(cloud.task(task.id).use.memoryPercent).to.be.within(90, 100);
  });
});
