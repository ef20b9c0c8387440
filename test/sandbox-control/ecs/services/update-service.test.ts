import { expect } from "chai";
import type { Input } from "../../../../sandbox/model/service-api";
import { groups, loadBalancer, network, ServiceWorld } from "../service-world";

async function steady(input: Input = {}): Promise<ServiceWorld> {
  const world = new ServiceWorld();
  await world.create({ loadBalancers: [loadBalancer], ...input });
  await world.settle();
  return world;
}

const refusal = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => "accepted",
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );

/** The table "What starts a deployment": UpdateService says so of every member. */
const members: readonly [input: Input, starts: boolean][] = [
  [{ taskDefinition: "web:2" }, true],
  [{ taskDefinition: "web:1" }, false],
  [{ networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-c"] } } }, true],
  [{ networkConfiguration: network }, false],
  [{ platformVersion: "1.3.0" }, true],
  [{ platformVersion: "LATEST" }, false],
  [{ loadBalancers: [] }, true],
  [{ loadBalancers: [{ ...loadBalancer, targetGroupArn: groups.green }] }, true],
  [{ loadBalancers: [loadBalancer] }, false],
  [{ serviceRegistries: [{ registryArn: "arn:aws:servicediscovery:eu-central-1:123456789012:service/srv-1" }] }, true],
  [{ serviceConnectConfiguration: { enabled: true } }, true],
  [{ volumeConfigurations: [{ name: "data" }] }, true],
  [{ vpcLatticeConfigurations: [{ portName: "http" }] }, true],
  [{ forceNewDeployment: true }, true],
  [{ desiredCount: 2 }, false],
  [{ deploymentConfiguration: { maximumPercent: 150 } }, false],
  [{ capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }] }, false],
  [{ availabilityZoneRebalancing: "DISABLED" }, false],
  [{ placementStrategy: [{ type: "spread" }] }, false],
  [{ placementConstraints: [{ type: "distinctInstance" }] }, false],
  [{ healthCheckGracePeriodSeconds: 60 }, false],
  [{ enableExecuteCommand: true }, false],
  [{ enableECSManagedTags: true }, false],
  [{ propagateTags: "SERVICE" }, false],
];

describe("UpdateService", () => {
  for (const [input, starts] of members) {
    it(`${starts ? "starts a deployment" : "starts none"} for ${JSON.stringify(input).slice(0, 90)}`, async () => {
      const world = await steady();
      await world.update(input);
      expect(world.service.deployments.length).to.equal(starts ? 2 : 1);
    });
  }

  it("tells what it was told", async () => {
    const world = await steady();
    await world.update({
      healthCheckGracePeriodSeconds: 60,
      enableExecuteCommand: true,
      propagateTags: "SERVICE",
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    });
    await world.update({ deploymentConfiguration: { maximumPercent: 150 } });
    const { deploymentConfiguration, ...told } = await world.describe();
    expect(told).to.include({
      healthCheckGracePeriodSeconds: 60,
      enableExecuteCommand: true,
      propagateTags: "SERVICE",
    });
    expect(deploymentConfiguration).to.deep.include({
      maximumPercent: 150,
      minimumHealthyPercent: 100,
      deploymentCircuitBreaker: {
        enable: true,
        rollback: true,
        resetOnHealthyTask: true,
        thresholdConfiguration: { type: "BOUNDED_PERCENT", value: 50 },
      },
    });
  });

  it("changes the provider of tasks that start from now on", async () => {
    const world = await steady();
    await world.update({
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
      desiredCount: 2,
    });
    await world.settle();
    expect(world.tasks.orders.map(({ capacityProviderName }) => capacityProviderName)).to.deep.equal([
      undefined,
      "FARGATE_SPOT",
    ]);
    const { launchType, capacityProviderStrategy } = await world.describe();
    expect([launchType, capacityProviderStrategy]).to.deep.equal([
      undefined,
      [{ capacityProvider: "FARGATE_SPOT", weight: 1, base: 0 }],
    ]);
  });

  it("moves a service to another target group without a gap", async () => {
    const world = await steady();
    await world.update({ loadBalancers: [{ ...loadBalancer, targetGroupArn: groups.green }] });
    await world.settle();
    expect(world.targets.health(groups.blue)).to.deep.equal([]);
    expect(world.targets.health(groups.green).map(({ state }) => state)).to.deep.equal(["healthy"]);
    expect(world.targets.log.map((line) => line.split(" ")[0])).to.deep.equal(["register", "register", "deregister"]);
  });

  it("refuses what is not there, or not any more", async () => {
    const world = await steady();
    const answers = [
      await refusal(world.update({ cluster: "none" })),
      await refusal(world.update({ service: "none" })),
      await refusal(world.update({ taskDefinition: "web:9" })),
      await refusal(world.update({ taskDefinition: "web:5" })),
      await refusal(world.update({ desiredCount: -1 })),
      await refusal(world.update({ desiredCount: "2" })),
    ];
    await world.call("DeleteService", { cluster: "main", service: "web", force: true });
    answers.push(await refusal(world.update({ desiredCount: 1 })));
    await world.settle();
    answers.push(await refusal(world.update({ desiredCount: 1 })));
    expect(
      answers.map((text) => text.replace(/(Exception: desiredCount|Invalid value for desiredCount).*/, "$1")),
    ).to.deep.equal([
      "ClusterNotFoundException: Cluster not found.",
      "ServiceNotFoundException: Service not found.",
      "ClientException: TaskDefinition not found.",
      "ClientException: TaskDefinition is inactive",
      "InvalidParameterException: Invalid value for desiredCount",
      "SerializationException: desiredCount",
      "ServiceNotActiveException: Service was not ACTIVE.",
      "ServiceNotActiveException: Service was not ACTIVE.",
    ]);
  });

  it("leaves deployments of CODE_DEPLOY to CodeDeploy", async () => {
    const world = await steady({ deploymentController: { type: "CODE_DEPLOY" } });
    expect(await refusal(world.update({ forceNewDeployment: true }))).to.equal(
      "InvalidParameterException: Cannot force a new deployment on services with a CODE_DEPLOY deployment controller. " +
        "Use AWS CodeDeploy to trigger a new deployment.",
    );
    expect(await refusal(world.update({ desiredCount: 2 }))).to.equal("accepted");
  });

  it("refuses a strategy that does not fit the load balancers", async () => {
    const world = await steady();
    expect(
      await refusal(world.update({ deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 5 } })),
    ).to.equal(
      "InvalidParameterException: advancedConfiguration field is required for all loadBalancers when using a " +
        "non-ROLLING deployment strategy",
    );
  });

  it("puts two calls at once one after the other", async () => {
    const world = await steady();
    await Promise.all([world.update({ taskDefinition: "web:2" }), world.update({ desiredCount: 3 })]);
    await world.settle();
    expect(world.deployments).to.deep.equal(["PRIMARY web:2 COMPLETED 3/3"]);
  });
});
