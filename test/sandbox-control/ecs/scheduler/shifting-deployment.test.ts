import { expect } from "chai";
import { groups, loadBalancer, ServiceWorld } from "../service-world";

const rule = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/lb/1/2/3";
const pair = {
  ...loadBalancer,
  advancedConfiguration: {
    alternateTargetGroupArn: groups.green,
    productionListenerRule: rule,
    roleArn: "arn:aws:iam::123456789012:role/ecs",
  },
};
const blueGreen = {
  strategy: "BLUE_GREEN",
  bakeTimeInMinutes: 5,
  alarms: { alarmNames: ["errors"], enable: true, rollback: true },
};

async function shifting(): Promise<ServiceWorld> {
  const world = new ServiceWorld();
  await world.create({ desiredCount: 2, loadBalancers: [pair], deploymentConfiguration: blueGreen });
  await world.settle(1_200_000);
  await world.update({ taskDefinition: "web:2" });
  return world;
}

const weights = (world: ServiceWorld): readonly (number | undefined)[] => [
  world.targets.weights[rule]?.[groups.blue],
  world.targets.weights[rule]?.[groups.green],
];

describe("a blue-green deployment", () => {
  it("has its first tasks in the first group, with all the traffic", async () => {
    const world = new ServiceWorld();
    await world.create({ desiredCount: 2, loadBalancers: [pair], deploymentConfiguration: blueGreen });
    await world.settle(1_200_000);
    expect([world.deployments, weights(world)]).to.deep.equal([["PRIMARY web:1 COMPLETED 2/2"], [100, 0]]);
  });

  it("starts green beside blue, shifts the traffic, bakes, and takes blue away", async () => {
    const world = await shifting();
    await world.clock.advance(180_000);
    const during = [world.deployments, weights(world)];
    await world.settle(1_200_000);
    expect([during, world.deployments, weights(world)]).to.deep.equal([
      [
        ["PRIMARY web:2 IN_PROGRESS 2/2", "ACTIVE web:1 COMPLETED 2/2"],
        [0, 100],
      ],
      ["PRIMARY web:2 COMPLETED 2/2"],
      [0, 100],
    ]);
    expect(world.targets.log.filter((line) => line.includes("/green/")).length).to.equal(2);
  });

  it("gives the traffic back when an alarm fires while it bakes, without a new start", async () => {
    const world = await shifting();
    const blue = world.tasks.alive().map(({ id }) => id);
    await world.clock.advance(180_000);
    world.alarms["errors"] = "ALARM";
    await world.settle(1_200_000);
    expect([world.deployments, weights(world)]).to.deep.equal([["PRIMARY web:1 COMPLETED 2/2"], [100, 0]]);
    expect(world.tasks.alive().map(({ id }) => id)).to.deep.equal(blue);
    expect(world.messages.join("\n")).to.match(
      /\(deployment #2\) deployment failed: .*\n(.*\n)*rolling back to deployment #1\./,
    );
    expect(world.told.flatMap((one) => (one.kind === "finished" ? [one.outcome] : []))).to.deep.equal([
      "successful",
      "rolled-back",
    ]);
  });

  it("uses the groups in turn", async () => {
    const world = await shifting();
    await world.settle(1_200_000);
    await world.update({ taskDefinition: "web:3" });
    await world.settle(1_200_000);
    expect([world.deployments, weights(world)]).to.deep.equal([["PRIMARY web:3 COMPLETED 2/2"], [100, 0]]);
  });

  it("stays with the group that serves once the service rolls", async () => {
    const world = await shifting();
    await world.settle(1_200_000);
    await world.update({ taskDefinition: "web:3", deploymentConfiguration: { strategy: "ROLLING" } });
    await world.settle(1_200_000);
    const last = world.targets.log.filter((line) => line.startsWith("register")).slice(-2);
    expect(last.every((line) => line.includes("/green/"))).to.equal(true);
    expect(world.deployments).to.deep.equal(["PRIMARY web:3 COMPLETED 2/2"]);
  });
});
