import { expect } from "chai";
import type { Input } from "../../../../sandbox/model/service-api";
import { groups, loadBalancer, network, ServiceWorld } from "../service-world";

const id = (count: number): string => count.toString(16).padStart(32, "0");
const after = (world: ServiceWorld, count: number): string[] => world.messages.slice(count);

async function steady(input: Input = {}): Promise<ServiceWorld> {
  const world = new ServiceWorld();
  await world.create(input);
  await world.settle();
  return world;
}

describe("a steady service", () => {
  it("replaces a task whose target gets unhealthy: first the new one starts, then the sick one goes", async () => {
    const world = await steady({ loadBalancers: [loadBalancer] });
    const count = world.messages.length;
    world.targets.turn(groups.blue, "127.0.0.1", { state: "unhealthy", description: "Request timed out" });
    await world.settle();
    expect(after(world, count)).to.deep.equal([
      "has started 1 tasks: (task 2). Amazon ECS replaced 1 tasks due to an unhealthy status.",
      "registered 1 targets in (target-group blue)",
      "(task 1) (port 8080) is unhealthy in (target-group blue) due to (reason Request timed out)",
      "has stopped 1 running tasks: (task 1).",
      "deregistered 1 targets in (target-group blue)",
      "(service web, taskSet #1) has begun draining connections on 1 tasks.",
      "has reached a steady state.",
    ]);
  });

  it("replaces a task that ends by itself, without a word of having stopped it", async () => {
    const world = await steady({ loadBalancers: [loadBalancer] });
    const count = world.messages.length;
    world.tasks.crash(id(1));
    await world.settle();
    expect(after(world, count)).to.deep.equal([
      "deregistered 1 targets in (target-group blue)",
      "(service web, taskSet #1) has begun draining connections on 1 tasks.",
      "has started 1 tasks: (task 2).",
      "registered 1 targets in (target-group blue)",
      "has reached a steady state.",
    ]);
  });

  it("has patience with failing checks during the grace period", async () => {
    const patient = { loadBalancers: [loadBalancer], healthCheckGracePeriodSeconds: 300 };
    const world = new ServiceWorld();
    world.targets.verdict = () => ({ state: "unhealthy", description: "Request timed out" });
    await world.create(patient);
    await world.clock.advance(300_000);
    const before = world.tasks.orders.length;
    await world.clock.advance(60_000);
    expect([before, world.tasks.orders.length > 1]).to.deep.equal([1, true]);
  });

  it("puts no task into a target group that it is about to stop", async () => {
    const world = new ServiceWorld();
    await world.create({ loadBalancers: [loadBalancer] });
    await world.clock.advance(26_000);
    await world.call("DeleteService", { cluster: "main", service: "web", force: true });
    await world.settle();
    expect(world.messages).to.deep.equal(["has started 1 tasks: (task 1).", "has stopped 1 running tasks: (task 1)."]);
  });

  it("scales out and in, and tells the count a step later", async () => {
    const world = await steady();
    await world.update({ desiredCount: 3 });
    const seen = [[world.service.desiredCount, ...world.deployments]];
    await world.settle();
    seen.push([world.service.desiredCount, ...world.deployments]);
    await world.update({ desiredCount: 1 });
    await world.settle();
    seen.push([world.service.desiredCount, ...world.deployments]);
    expect(seen).to.deep.equal([
      [3, "PRIMARY web:1 COMPLETED 1/1"],
      [3, "PRIMARY web:1 COMPLETED 3/3"],
      [1, "PRIMARY web:1 COMPLETED 1/1"],
    ]);
    expect(world.told.filter(({ kind }) => kind === "created").length).to.equal(1);
  });

  it("costs nothing: nobody looks at it until something happens", async () => {
    const world = await steady({ loadBalancers: [loadBalancer] });
    let looks = 0;
    const list = world.tasks.list.bind(world.tasks);
    world.tasks.list = (...of) => {
      looks += 1;
      return list(...of);
    };
    await world.clock.advance(5 * 3_600_000);
    expect(looks).to.equal(0);
  });

  it("says that it is steady every six hours", async () => {
    const world = await steady();
    await world.clock.advance(24 * 3_600_000);
    expect(world.messages.filter((message) => message === "has reached a steady state.").length).to.equal(5);
  });

  it("keeps a hundred events", async () => {
    const world = new ServiceWorld();
    world.tasks.plan = () => ({ endsAfterMs: 1_000 });
    await world.create();
    await world.settle(3_600_000 * 2);
    expect(world.service.events.length).to.equal(100);
  });

  it("spreads its tasks over subnets, and over providers by base and weight", async () => {
    const world = await steady({
      desiredCount: 5,
      launchType: undefined,
      networkConfiguration: network,
      capacityProviderStrategy: [
        { capacityProvider: "FARGATE", weight: 1, base: 2 },
        { capacityProvider: "FARGATE_SPOT", weight: 2 },
      ],
    });
    const subnetOf = (order: { networkConfiguration?: unknown }) =>
      (order.networkConfiguration as typeof network).awsvpcConfiguration.subnets[0];
    expect(world.tasks.orders.map((order) => `${order.capacityProviderName} ${subnetOf(order)}`)).to.deep.equal([
      "FARGATE subnet-a",
      "FARGATE subnet-b",
      "FARGATE_SPOT subnet-a",
      "FARGATE subnet-b",
      "FARGATE_SPOT subnet-a",
    ]);
  });

  it("tags its tasks as it is told", async () => {
    const world = await steady({
      tags: [{ key: "cost", value: "shop" }],
      propagateTags: "SERVICE",
      enableECSManagedTags: true,
    });
    await world.update({ propagateTags: "TASK_DEFINITION", enableECSManagedTags: false, forceNewDeployment: true });
    await world.settle();
    expect(world.tasks.orders.map(({ tags }) => tags?.map(({ key }) => key))).to.deep.equal([
      ["aws:ecs:clusterName", "aws:ecs:serviceName", "cost"],
      ["team"],
    ]);
  });
});

describe("a deleted service", () => {
  it("drains until its tasks are on their way out", async () => {
    const world = await steady({ desiredCount: 2 });
    const { service } = await world.call("DeleteService", { cluster: "main", service: "web", force: true });
    const told = service as { status: string; desiredCount: number };
    expect([told.status, told.desiredCount]).to.deep.equal(["DRAINING", 0]);
    const again = await world.create().catch((error: Error) => error.message);
    expect(again).to.equal("Unable to Start a service that is still Draining.");
    await world.clock.advance(60_000);
    expect((await world.describe())["status"]).to.equal("INACTIVE");
    expect(world.tasks.alive()).to.deep.equal([]);
    expect(world.running.services.list()).to.deep.equal([]);
  });

  it("leaves its name to a new one", async () => {
    const world = await steady();
    await world.call("DeleteService", { cluster: "main", service: "web", force: true });
    await world.settle();
    await world.create({ taskDefinition: "web:2" });
    await world.settle();
    expect(world.deployments).to.deep.equal(["PRIMARY web:2 COMPLETED 1/1"]);
  });
});
