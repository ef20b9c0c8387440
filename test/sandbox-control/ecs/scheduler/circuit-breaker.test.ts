import { expect } from "chai";
import { breakerThreshold } from "../../../../sandbox/ecs/scheduler/limits";
import type { FakeTaskPlan } from "../../../_fakes/fake-tasks";
import { loadBalancer, ServiceWorld } from "../service-world";

const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } };
const pull = "CannotPullContainerError: pull image manifest has been retried 7 time(s): shop/web:2: not found";

/** A service of which web:1 is complete, and every task of web:2 goes like `plan`. */
async function broken(plan: FakeTaskPlan, input: object = {}): Promise<ServiceWorld> {
  const world = new ServiceWorld();
  world.tasks.plan = ({ taskDefinitionArn }) => (taskDefinitionArn.endsWith(":2") ? plan : {});
  await world.create({ deploymentConfiguration: breaker, ...input });
  await world.settle();
  await world.update({ taskDefinition: "web:2" });
  return world;
}

const minutesUntil = async (world: ServiceWorld, predicate: () => boolean): Promise<number> => {
  const start = world.clock.now().getTime();
  while (!predicate() && world.clock.now().getTime() - start < 7_200_000) await world.clock.advance(10_000);
  return (world.clock.now().getTime() - start) / 60_000;
};

describe("the circuit breaker", () => {
  it("takes the service back to the deployment that had completed, whose tasks never stopped", async () => {
    const world = await broken({ endsAfterMs: 1_000 });
    const [first] = world.tasks.alive();
    await minutesUntil(world, () => world.deployments[0]?.startsWith("PRIMARY web:1") ?? false);
    const { deployments } = world.service;
    expect(deployments.map((one) => [one.status, one.rolloutState, one.rolloutStateReason])).to.deep.equal([
      ["PRIMARY", "IN_PROGRESS", `ECS deployment circuit breaker: rolling back to deploymentId ${deployments[0]?.id}.`],
      ["ACTIVE", "FAILED", "ECS deployment circuit breaker: tasks failed to start."],
    ]);
    expect(deployments[0]?.id).to.equal(first?.startedBy);
    await world.settle();
    expect(world.deployments).to.deep.equal(["PRIMARY web:1 COMPLETED 1/1"]);
    expect(world.tasks.alive().map(({ id }) => id)).to.deep.equal([first?.id]);
    expect((await world.describe())["taskDefinition"]).to.match(/web:1$/);
    expect(world.messages.slice(-5)).to.deep.equal([
      "(deployment #2) deployment failed: tasks failed to start.",
      "rolling back to deployment #1.",
      "has stopped 1 running tasks: (task 6).",
      "(deployment #1) deployment completed.",
      "has reached a steady state.",
    ]);
  });

  it("does not take a task for healthy that has ended and whose end nobody has noticed yet", async () => {
    const world = await broken({ endsAfterMs: 25_000, noticedAfterMs: 21_000 });
    const minutes = await minutesUntil(world, () => world.deployments[0]?.startsWith("PRIMARY web:1") ?? false);
    expect(minutes).to.be.below(10);
  });

  it("tells the records of deployments what happened", async () => {
    const world = await broken({ endsAfterMs: 1_000 });
    await world.settle();
    const failed = world.told.filter(
      ({ serviceDeploymentArn }) => serviceDeploymentArn === world.told.at(-1)?.serviceDeploymentArn,
    );
    const kinds = failed.map((event) => {
      if (event.kind === "finished") return event.outcome;
      return event.kind === "progressed" ? `${event.monitors.circuitBreaker.failureCount} of 3` : event.kind;
    });
    expect(kinds).to.deep.equal([
      "created",
      "started",
      "1 of 3",
      "2 of 3",
      "3 of 3",
      // It is given up some time after the last failure, and goes on until then.
      "3 of 3",
      "4 of 3",
      "failed",
      "rollback-started",
      "rolled-back",
    ]);
    expect(failed.map(({ target }) => target.arn).every((arn) => arn === failed[0]?.target.arn)).to.equal(true);
  });

  it("waits longer and longer where images cannot be pulled, and trips after the third", async () => {
    const world = await broken({ failsToStart: pull });
    const minutes = await minutesUntil(world, () => world.service.deployments[0]?.failedTasks === 3);
    expect(minutes).to.be.within(6, 9);
    await world.settle(60_000);
    // The failed one has no task any more; it is told of all the same until the way back is done.
    expect(world.deployments).to.deep.equal(["PRIMARY web:1 IN_PROGRESS 1/1", "ACTIVE web:2 FAILED 0/0"]);
    await world.settle(120_000);
    expect(world.messages.slice(3)).to.deep.equal([
      "has started 1 tasks: (task 2).",
      `was unable to place a task. Reason: ${pull}.`,
      "has started 1 tasks: (task 3).",
      `was unable to place a task. Reason: ${pull}.`,
      "is unable to consistently start tasks successfully.",
      "has started 1 tasks: (task 4).",
      `was unable to place a task. Reason: ${pull}.`,
      "(deployment #2) deployment failed: tasks failed to start.",
      "rolling back to deployment #1.",
      "(deployment #1) deployment completed.",
      "has reached a steady state.",
    ]);
  });

  it("counts failed checks, and says whose they were", async () => {
    const world = await broken({ health: "UNHEALTHY" });
    await world.settle(1_800_000);
    expect(world.messages).to.include.members([
      "(task 2) failed container health checks.",
      "has stopped 1 running tasks: (task 2).",
      "(deployment #2) deployment failed: tasks failed to start.",
    ]);
    expect(world.tasks.get("2".padStart(32, "0"))?.stoppedReason).to.equal("Task failed container health checks");
    expect(world.deployments).to.deep.equal(["PRIMARY web:1 COMPLETED 1/1"]);
  });

  it("says what is wrong with a target", async () => {
    const world = await broken({}, { loadBalancers: [loadBalancer] });
    world.targets.verdict = () => ({
      state: "unhealthy",
      reason: "Target.ResponseCodeMismatch",
      description: "Health checks failed with these codes: [502]",
    });
    await world.settle(1_800_000);
    expect(world.messages).to.include(
      "(task 2) (port 8080) is unhealthy in (target-group blue) due to (reason Health checks failed with these codes: [502])",
    );
    expect(world.tasks.get("2".padStart(32, "0"))?.stoppedReason).to.match(
      /^Task failed ELB health checks in \(target-group arn:.*blue\/1\)$/,
    );
    expect(world.deployments).to.deep.equal(["PRIMARY web:1 COMPLETED 1/1"]);
  });

  it("leaves a failed deployment where it is without a rollback, and starts nothing more", async () => {
    const off = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } } };
    const world = await broken({ endsAfterMs: 1_000 }, off);
    await world.settle();
    const started = world.tasks.orders.length;
    await world.settle(3_600_000);
    expect(world.deployments).to.deep.equal(["PRIMARY web:2 FAILED 0/1", "ACTIVE web:1 COMPLETED 1/1"]);
    expect(world.tasks.orders.length).to.equal(started);
  });

  it("has nothing to go back to in the first deployment: it just stands", async () => {
    const world = new ServiceWorld();
    world.tasks.plan = () => ({ endsAfterMs: 1_000 });
    await world.create({ deploymentConfiguration: breaker });
    await world.settle();
    expect(world.deployments).to.deep.equal(["PRIMARY web:1 FAILED 0/1"]);
    expect(world.messages.at(-1)).to.equal("(deployment #1) deployment failed: tasks failed to start.");
  });

  it("tries for ever while it is off", async () => {
    const world = await broken({ endsAfterMs: 1_000 }, { deploymentConfiguration: {} });
    await world.settle(3_600_000);
    expect(world.deployments[0]).to.match(/^PRIMARY web:2 IN_PROGRESS/);
    expect(world.deployments[1]).to.equal("ACTIVE web:1 COMPLETED 1/1");
    expect(world.tasks.orders.length).to.be.above(20);
  });

  it("starts to count anew when a task gets healthy, unless told otherwise", async () => {
    const rounds = async (resetOnHealthyTask: boolean): Promise<string | undefined> => {
      const world = new ServiceWorld();
      // Two fail, one is fine and is stopped by somebody, two fail, ...
      world.tasks.plan = (_order, count) => (count > 1 && count % 3 !== 1 ? { endsAfterMs: 1_000 } : {});
      const deploymentCircuitBreaker = { enable: true, rollback: true, resetOnHealthyTask };
      await world.create({ deploymentConfiguration: { deploymentCircuitBreaker, bakeTimeInMinutes: 600 } });
      for (let round = 0; round < 3; round++) {
        await world.settle();
        for (const { id } of world.tasks.alive()) world.tasks.stop(id, { code: "UserInitiated", text: "test" });
      }
      await world.settle();
      return world.deployments[0];
    };
    expect([await rounds(true), await rounds(false)]).to.deep.equal([
      "PRIMARY web:1 IN_PROGRESS 1/1",
      "PRIMARY web:1 FAILED 0/1",
    ]);
  });

  const thresholds: readonly [
    desired: number,
    type: "COUNT" | "BOUNDED_PERCENT" | "UNBOUNDED_PERCENT",
    value: number,
    threshold: number,
  ][] = [
    [1, "BOUNDED_PERCENT", 50, 3],
    [6, "BOUNDED_PERCENT", 50, 3],
    [7, "BOUNDED_PERCENT", 50, 4],
    [10, "BOUNDED_PERCENT", 50, 5],
    [25, "BOUNDED_PERCENT", 50, 13],
    [800, "BOUNDED_PERCENT", 50, 200],
    [800, "UNBOUNDED_PERCENT", 50, 400],
    [1, "UNBOUNDED_PERCENT", 50, 1],
    [800, "COUNT", 7, 7],
  ];
  for (const [desired, type, value, threshold] of thresholds) {
    it(`trips at ${threshold} for ${desired} tasks with ${type} ${value}`, () => {
      expect(breakerThreshold(desired, { type, value })).to.equal(threshold);
    });
  }
});
