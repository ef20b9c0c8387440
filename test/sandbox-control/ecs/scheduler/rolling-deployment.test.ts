import { expect } from "chai";
import fc from "fast-check";
import { groups, loadBalancer, ServiceWorld } from "../service-world";

/** Tasks that serve: RUNNING, and healthy in the target group. */
const serving = (world: ServiceWorld): number =>
  world.tasks.alive().filter(({ ip, lastStatus }) => lastStatus === "RUNNING" && isHealthy(world, ip)).length;

const isHealthy = (world: ServiceWorld, ip: string | undefined): boolean =>
  world.targets.health(groups.blue).some(({ id, state }) => id === ip && state === "healthy");

/** Not ended yet: PENDING, RUNNING or STOPPING. */
const present = (world: ServiceWorld): number =>
  world.service.runningCount +
  world.service.pendingCount +
  world.tasks.list(world.service).filter(({ lastStatus }) => lastStatus === "DEACTIVATING" || lastStatus === "STOPPING")
    .length;

describe("a rolling deployment", () => {
  it("goes from 3 tasks to 6 and back to 3, and never has fewer than 3 healthy ones", async () => {
    const world = new ServiceWorld();
    await world.create({ desiredCount: 3, loadBalancers: [loadBalancer] });
    await world.settle();
    await world.update({ taskDefinition: "web:2" });
    const seen: { tasks: number; healthy: number }[] = [];
    for (let second = 0; second < 180; second++) {
      await world.clock.advance(1000);
      seen.push({ tasks: world.tasks.alive().length, healthy: serving(world) });
    }
    expect(Math.max(...seen.map(({ tasks }) => tasks))).to.equal(6);
    expect(Math.min(...seen.map(({ healthy }) => healthy))).to.equal(3);
    expect(seen.at(-1)).to.deep.equal({ tasks: 3, healthy: 3 });
    expect(world.deployments).to.deep.equal(["PRIMARY web:2 COMPLETED 3/3"]);
  });

  it("tells what it does in the order and the words of AWS", async () => {
    const world = new ServiceWorld();
    await world.create({ loadBalancers: [loadBalancer] });
    await world.settle();
    await world.update({ taskDefinition: "web:2" });
    await world.settle();
    expect(world.messages).to.deep.equal([
      "has started 1 tasks: (task 1).",
      "registered 1 targets in (target-group blue)",
      "(deployment #1) deployment completed.",
      "has reached a steady state.",
      "has started 1 tasks: (task 2).",
      "registered 1 targets in (target-group blue)",
      "has stopped 1 running tasks: (task 1).",
      "deregistered 1 targets in (target-group blue)",
      "(service web, taskSet #1) has begun draining connections on 1 tasks.",
      "(deployment #2) deployment completed.",
      "has reached a steady state.",
    ]);
    const [steady, completed] = world.service.events.map(({ createdAt }) => createdAt.getTime());
    expect((steady ?? 0) - (completed ?? 0)).to.equal(1);
  });

  it("takes a task out of its group 10 seconds after the decision, and lets it drain before it ends", async () => {
    const world = new ServiceWorld();
    await world.create({ loadBalancers: [loadBalancer] });
    await world.settle();
    await world.update({ taskDefinition: "web:2" });
    const at = async (predicate: () => boolean): Promise<number> => {
      while (!predicate()) await world.clock.advance(500);
      return world.clock.now().getTime();
    };
    const first = () => world.tasks.get("1".padStart(32, "0"));
    const stopped = await at(() => first()?.desiredStatus === "STOPPED");
    const left = await at(() => world.targets.log.includes(`deregister ${groups.blue} 127.0.0.1`));
    const stopping = await at(() => first()?.lastStatus === "STOPPING");
    expect([left - stopped, stopping - left]).to.deep.equal([10_000, world.targets.drainMs]);
    expect(first()).to.deep.include({
      stopCode: "ServiceSchedulerInitiated",
      stoppedReason: `Scaling activity initiated by (deployment ${first()?.startedBy})`,
    });
  });

  it("counts nothing at first, as the scheduler has not seen it yet", async () => {
    const world = new ServiceWorld();
    await world.create({ desiredCount: 2 });
    const before = world.deployments;
    await world.clock.advance(10_000);
    expect([before, world.deployments]).to.deep.equal([
      ["PRIMARY web:1 IN_PROGRESS 0/0"],
      ["PRIMARY web:1 IN_PROGRESS 0/2"],
    ]);
  });

  it("takes 40 seconds of running for healthy where nothing is checked", async () => {
    const world = new ServiceWorld();
    await world.create();
    await world.clock.advance(60_000);
    const before = world.deployments;
    await world.clock.advance(20_000);
    expect([before, world.deployments]).to.deep.equal([
      ["PRIMARY web:1 IN_PROGRESS 1/1"],
      ["PRIMARY web:1 COMPLETED 1/1"],
    ]);
  });

  it("waits for container checks and targets, both", async () => {
    const world = new ServiceWorld();
    world.tasks.plan = () => ({ health: "UNKNOWN" });
    await world.create({ loadBalancers: [loadBalancer] });
    await world.settle();
    const before = world.deployments;
    world.tasks.setHealth("1".padStart(32, "0"), "HEALTHY");
    await world.clock.advance(20_000);
    expect([before, world.deployments]).to.deep.equal([
      ["PRIMARY web:1 IN_PROGRESS 1/1"],
      ["PRIMARY web:1 COMPLETED 1/1"],
    ]);
  });

  it("is overtaken by a newer one: all that came before drains", async () => {
    const world = new ServiceWorld();
    world.tasks.plan = ({ taskDefinitionArn }) => (taskDefinitionArn.endsWith(":2") ? { health: "UNKNOWN" } : {});
    await world.create({ desiredCount: 2 });
    await world.settle();
    await world.update({ taskDefinition: "web:2" });
    await world.clock.advance(40_000);
    await world.update({ taskDefinition: "web:3" });
    await world.clock.advance(10_000);
    expect(world.deployments).to.deep.equal([
      "PRIMARY web:3 IN_PROGRESS 0/2",
      "ACTIVE web:2 IN_PROGRESS 0/2",
      "ACTIVE web:1 COMPLETED 2/2",
    ]);
    await world.settle();
    expect(world.deployments).to.deep.equal(["PRIMARY web:3 COMPLETED 2/2"]);
    expect(world.told.flatMap((one) => (one.kind === "finished" ? [one.outcome] : []))).to.deep.equal([
      "successful",
      "stopped",
      "successful",
    ]);
  });

  it("says so when its limits allow neither a start nor a stop, once in six hours", async () => {
    const world = new ServiceWorld();
    await world.create({ deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 } });
    await world.settle();
    await world.update({ taskDefinition: "web:2" });
    await world.settle();
    const stuck =
      "was unable to stop or start tasks during a deployment because of the service deployment configuration. " +
      "Update the minimumHealthyPercent or maximumPercent value and try again.";
    expect(world.messages.filter((message) => message === stuck).length).to.equal(1);
    expect(world.deployments).to.deep.equal(["PRIMARY web:2 IN_PROGRESS 0/1", "ACTIVE web:1 COMPLETED 1/1"]);
    await world.update({ deploymentConfiguration: { maximumPercent: 200 } });
    await world.settle();
    expect(world.deployments).to.deep.equal(["PRIMARY web:2 COMPLETED 1/1"]);
  });

  it("keeps to its limits at every moment, whichever tasks fail", async () => {
    const percents = fc.tuple(fc.constantFrom(0, 50, 100), fc.constantFrom(100, 150, 200)).filter(([a, b]) => a < b);
    const fates = fc.array(fc.constantFrom("well", "well", "well", "crash", "pull"), { minLength: 40, maxLength: 40 });
    const run = async (desired: number, [min, max]: readonly [number, number], fate: readonly string[]) => {
      const world = new ServiceWorld();
      const configuration = { minimumHealthyPercent: min, maximumPercent: max };
      await world.create({
        desiredCount: desired,
        loadBalancers: [loadBalancer],
        deploymentConfiguration: configuration,
      });
      await world.settle(120_000);
      world.tasks.plan = (_order, count) => {
        if (fate[count % 40] === "crash") return { endsAfterMs: 3_000 };
        return fate[count % 40] === "pull" ? { failsToStart: "CannotPullContainerError: not found" } : {};
      };
      await world.update({ taskDefinition: "web:2" });
      for (let round = 0; round < 40; round++) {
        await world.clock.advance(5_000);
        expect(serving(world), "healthy").to.be.least(Math.ceil((desired * min) / 100));
        expect(present(world), "tasks").to.be.most(Math.floor((desired * max) / 100));
      }
    };
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 5 }), percents, fates, run), { numRuns: 15 });
  }).timeout(30_000);
});
