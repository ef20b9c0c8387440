import { expect } from "chai";
import { ServiceWorld } from "../service-world";

const watched = { alarms: { alarmNames: ["errors", "latency"], enable: true, rollback: true } };

async function deploying(configuration: object = watched): Promise<ServiceWorld> {
  const world = new ServiceWorld();
  await world.create({ deploymentConfiguration: configuration });
  await world.settle(1_200_000);
  await world.update({ taskDefinition: "web:2" });
  return world;
}

describe("the alarms of a deployment", () => {
  it("take it back when one of them fires", async () => {
    const world = await deploying();
    await world.clock.advance(20_000);
    world.alarms["errors"] = "ALARM";
    await world.clock.advance(30_000);
    const [primary, failed] = world.service.deployments;
    expect([primary?.rolloutState, failed?.rolloutState, failed?.rolloutStateReason]).to.deep.equal([
      "IN_PROGRESS",
      "FAILED",
      "ECS deployment failed: alarm detected.",
    ]);
    await world.settle();
    expect(world.deployments).to.deep.equal(["PRIMARY web:1 COMPLETED 1/1"]);
    expect(world.messages).to.include.members([
      "(deployment #2) deployment failed: alarm detected.",
      "rolling back to deployment #1.",
    ]);
  });

  it("fail it without a rollback when none is wanted", async () => {
    const world = await deploying({ alarms: { ...watched.alarms, rollback: false } });
    await world.clock.advance(20_000);
    world.alarms["latency"] = "ALARM";
    await world.settle();
    expect(world.deployments[0]).to.match(/^PRIMARY web:2 FAILED/);
  });

  it("are not watched at all when one fires already", async () => {
    const world = await deploying();
    world.alarms["errors"] = "ALARM";
    await world.clock.advance(10_000);
    world.alarms["latency"] = "ALARM";
    await world.settle();
    expect(world.deployments).to.deep.equal(["PRIMARY web:2 COMPLETED 1/1"]);
    expect(world.told.at(-1)?.monitors.alarms.status).to.equal("DISABLED");
  });

  it("are watched for five minutes more when all else is done", async () => {
    const world = await deploying();
    await world.settle(240_000);
    const before = world.deployments;
    await world.settle(180_000);
    expect([before, world.deployments]).to.deep.equal([
      ["PRIMARY web:2 IN_PROGRESS 1/1"],
      ["PRIMARY web:2 COMPLETED 1/1"],
    ]);
  });

  it("are left alone once the deployment is complete", async () => {
    const world = await deploying();
    await world.settle(1_200_000);
    world.alarms["errors"] = "ALARM";
    await world.settle();
    expect(world.deployments).to.deep.equal(["PRIMARY web:2 COMPLETED 1/1"]);
  });
});

describe("a deployment that somebody stops", () => {
  it("goes back, whatever its settings say", async () => {
    const world = await deploying({});
    await world.clock.advance(40_000);
    const arn = world.service.deployments[0]?.serviceDeploymentArn ?? "";
    expect(world.running.services.stop(arn, "ROLLBACK")).to.equal("taken");
    await world.settle();
    expect(world.deployments).to.deep.equal(["PRIMARY web:1 COMPLETED 1/1"]);
    expect(world.running.services.stop(arn, "ROLLBACK")).to.equal("ended");
  });

  it("stands where it is when it is only stopped", async () => {
    const world = await deploying({});
    await world.clock.advance(40_000);
    world.running.services.stop(world.service.deployments[0]?.serviceDeploymentArn ?? "", "ABORT");
    await world.settle();
    expect(world.deployments).to.deep.equal(["PRIMARY web:2 FAILED 1/1", "ACTIVE web:1 COMPLETED 1/1"]);
  });

  it("is not known under another name", () => {
    const arn = "arn:aws:ecs:eu-central-1:123456789012:service-deployment/main/none/abc";
    expect(new ServiceWorld().running.services.stop(arn, "ROLLBACK")).to.equal("unknown");
  });
});
