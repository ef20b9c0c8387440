import { expect } from "chai";
import { AwsFault } from "../../../../sandbox/model/aws-fault";
import type { Input } from "../../../../sandbox/model/service-api";
import { caller, clusterArn, definition, groups, loadBalancer, network, ServiceWorld } from "../service-world";

/** `<code>: <message>` of the refusal. */
const refusal = async (answer: Promise<unknown>): Promise<string> => {
  try {
    await answer;
  } catch (error) {
    if (error instanceof AwsFault) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
};

describe("CreateService", () => {
  it("answers with every member that AWS answers with", async () => {
    const world = new ServiceWorld();
    const { service } = await world.create({ loadBalancers: [loadBalancer], tags: [{ key: "team", value: "shop" }] });
    const { deployments, createdAt, currentServiceDeployment, currentServiceRevisions, ...rest } = service as {
      deployments: readonly Readonly<Record<string, unknown>>[];
      createdAt: Date;
      currentServiceDeployment: string;
      currentServiceRevisions: readonly Readonly<Record<string, unknown>>[];
    };
    expect(rest).to.deep.equal({
      serviceArn: "arn:aws:ecs:eu-central-1:123456789012:service/main/web",
      serviceName: "web",
      clusterArn,
      loadBalancers: [loadBalancer],
      serviceRegistries: [],
      status: "ACTIVE",
      desiredCount: 1,
      runningCount: 0,
      pendingCount: 0,
      launchType: "FARGATE",
      capacityProviderStrategy: [],
      platformVersion: "LATEST",
      platformFamily: "Linux",
      taskDefinition: definition(1),
      deploymentConfiguration: {
        strategy: "ROLLING",
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        bakeTimeInMinutes: 0,
        deploymentCircuitBreaker: {
          enable: false,
          rollback: false,
          resetOnHealthyTask: true,
          thresholdConfiguration: { type: "BOUNDED_PERCENT", value: 50 },
        },
        alarms: { alarmNames: [], enable: false, rollback: false },
      },
      taskSets: [],
      roleArn: "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
      events: [],
      placementConstraints: [],
      placementStrategy: [],
      networkConfiguration: network,
      healthCheckGracePeriodSeconds: 0,
      schedulingStrategy: "REPLICA",
      deploymentController: { type: "ECS" },
      tags: [{ key: "team", value: "shop" }],
      createdBy: "arn:aws:iam::123456789012:root",
      enableECSManagedTags: false,
      propagateTags: "NONE",
      enableExecuteCommand: false,
      availabilityZoneRebalancing: "ENABLED",
      resourceManagementType: "CUSTOMER",
    });
    expect(createdAt).to.deep.equal(world.clock.now());
    expect(currentServiceDeployment).to.match(
      /^arn:aws:ecs:eu-central-1:123456789012:service-deployment\/main\/web\/[\w-]{21}$/,
    );
    expect(currentServiceRevisions[0]).to.include({ requestedTaskCount: 0, runningTaskCount: 0, pendingTaskCount: 0 });
    const { id, rolloutStateReason, ...deployment } = deployments[0] ?? {};
    expect(id).to.match(/^ecs-svc\/\d{19}$/);
    expect(rolloutStateReason).to.equal(`ECS deployment ${String(id)} in progress.`);
    expect(deployment).to.deep.equal({
      status: "PRIMARY",
      taskDefinition: definition(1),
      desiredCount: 0,
      pendingCount: 0,
      runningCount: 0,
      failedTasks: 0,
      createdAt: world.clock.now(),
      updatedAt: world.clock.now(),
      launchType: "FARGATE",
      platformVersion: "1.4.0",
      platformFamily: "Linux",
      networkConfiguration: network,
      rolloutState: "IN_PROGRESS",
    });
  });

  it("answers a repeated call with the service that is there", async () => {
    const world = new ServiceWorld();
    await world.create();
    await world.create();
    expect([world.running.services.list().length, world.told.length]).to.deep.equal([1, 1]);
  });

  it("keeps services of accounts and regions apart", async () => {
    const world = new ServiceWorld();
    await world.create();
    const other = { ...caller, account: "999999999999" };
    const { services, failures } = await world.call("DescribeServices", { cluster: "main", services: ["web"] }, other);
    expect([services, failures]).to.deep.equal([
      [],
      [{ arn: "arn:aws:ecs:eu-central-1:999999999999:service/main/web", reason: "MISSING" }],
    ]);
  });

  it("takes the latest ACTIVE revision of a family", async () => {
    const world = new ServiceWorld();
    const { service } = await world.create({ taskDefinition: "web" });
    expect((service as { taskDefinition: string }).taskDefinition).to.equal(definition(4));
  });

  const refused: readonly [what: string, input: Input, refusal: string][] = [
    ["an unknown cluster", { cluster: "none" }, "ClusterNotFoundException: Cluster not found."],
    ["an unknown task definition", { taskDefinition: "web:9" }, "ClientException: TaskDefinition not found."],
    ["a family without revisions", { taskDefinition: "api" }, "ClientException: TaskDefinition not found."],
    ["a deregistered one", { taskDefinition: "web:5" }, "ClientException: TaskDefinition is inactive"],
    ["a revision that is none", { taskDefinition: "web:x" }, "ClientException: Invalid revision number. Number: x"],
    [
      "no network",
      { networkConfiguration: undefined },
      "InvalidParameterException: Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    ],
    [
      "no subnet",
      { networkConfiguration: { awsvpcConfiguration: { subnets: [] } } },
      "InvalidParameterException: subnets can not be empty.",
    ],
    [
      "a target group without a listener",
      { loadBalancers: [{ ...loadBalancer, targetGroupArn: groups.loose }] },
      `InvalidParameterException: The target group with targetGroupArn ${groups.loose} does not have an associated load balancer.`,
    ],
    [
      "an unknown container",
      { loadBalancers: [{ ...loadBalancer, containerName: "api" }] },
      "InvalidParameterException: The container api does not exist in the task definition.",
    ],
    [
      "an unknown port",
      { loadBalancers: [{ ...loadBalancer, containerPort: 80 }] },
      "InvalidParameterException: The container web did not have a container port 80 defined.",
    ],
    [
      "a launch type and a strategy",
      { capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }] },
      "InvalidParameterException: Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
    ],
    [
      "a grace period without a load balancer",
      { healthCheckGracePeriodSeconds: 60 },
      "InvalidParameterException: Health check grace period is only valid for services configured to use load balancers",
    ],
    [
      "limits that block every deployment",
      { deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 100 } },
      "InvalidParameterException: Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
    ],
    [
      "a bad name",
      { serviceName: "a b" },
      "InvalidParameterException: Service name must be 1 to 255 letters, numbers, underscores and hyphens.",
    ],
    [
      "a tag of AWS",
      { tags: [{ key: "aws:x", value: "" }] },
      "InvalidParameterException: Tag key aws:x is reserved for AWS use.",
    ],
  ];
  for (const [what, input, expected] of refused) {
    it(`refuses ${what}`, async () => {
      const world = new ServiceWorld();
      expect(await refusal(world.create(input))).to.equal(expected);
      expect(world.running.services.list()).to.deep.equal([]);
    });
  }

  it("refuses a name that is taken by a service with other settings", async () => {
    const world = new ServiceWorld();
    await world.create();
    expect(await refusal(world.create({ desiredCount: 2 }))).to.equal(
      "InvalidParameterException: Creation of service was not idempotent.",
    );
  });

  it("refuses members of a wrong type or value, whatever they are", async () => {
    const world = new ServiceWorld();
    const odd = ["x", 1, -1, true, [], {}, [1], [[]], { a: 1 }];
    const codes = new Set<string>();
    const members = [
      "desiredCount",
      "loadBalancers",
      "networkConfiguration",
      "deploymentConfiguration",
      "tags",
      "serviceName",
    ];
    for (const member of members) {
      for (const value of odd) codes.add((await refusal(world.create({ [member]: value }))).split(":")[0] ?? "");
    }
    expect([...codes].sort()).to.deep.equal(["InvalidParameterException", "SerializationException", "accepted"]);
  });
});
