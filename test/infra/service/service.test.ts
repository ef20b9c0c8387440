import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { makeNames } from "../../../infra/naming";
import { initialRelease, type ServiceRelease } from "../../../infra/releases";
import { FargateService, type FargateServiceArgs } from "../../../infra/service/service";
import { recordResources, resourceNamed, resourcesOf, settled, valueOf } from "../../_helpers/pulumi-mocks";
import { stackConfig } from "../../_helpers/stack-config";

interface Settings {
  readonly service?: object;
  readonly naming?: object;
  readonly release?: ServiceRelease;
}

const web = { image: { repository: "686831565523.dkr.ecr.eu-central-1.amazonaws.com/shop", tag: "v1" }, port: 8080 };
const attached = { ...web, loadBalancer: { healthCheck: { path: "/health" } } };

function make(
  { service = {}, naming = {}, release }: Settings,
  args: Partial<FargateServiceArgs> = {},
): FargateService {
  const config = stackConfig({ naming, services: { shop: { containers: { web }, ...service } } });
  const { shop } = config.services;
  if (shop === undefined) throw new Error("no service shop");
  return new FargateService("shop", {
    names: makeNames(config, "shop-staging"),
    config: shop,
    release: release ?? initialRelease(shop),
    accountId: "686831565523",
    region: "eu-central-1",
    clusterArn: "arn:cluster",
    clusterName: "shop-staging-cluster",
    subnetIds: ["subnet-1"],
    securityGroupId: "sg-1",
    secretArns: { database: "arn:secret:database" },
    logRetentionDays: 14,
    after: [],
    ...args,
  });
}

const group = (name: string) => ({ arn: pulumi.output(`arn:aws:${name}`), arnSuffix: pulumi.output(name) });
const targetGroups = { web: { blue: group("blue"), green: group("green") } };

const serviceType = "aws:ecs/service:Service";
const taskType = "aws:ecs/taskDefinition:TaskDefinition";

describe("FargateService", () => {
  it("makes logs, two roles, a task definition and a service for one slot, and nothing that is off", async () => {
    const resources = await recordResources();

    make({});
    await settled();

    const children = resources.filter(({ custom }) => custom).map(({ name, parent }) => [name, parent]);
    expect(children.sort()).to.deep.equal([
      ["shop-execution-policy", "shop"],
      ["shop-execution-role", "shop"],
      ["shop-logs", "shop"],
      ["shop-service", "shop"],
      ["shop-task", "shop"],
      ["shop-task-role", "shop"],
    ]);
  });

  it("runs a worker in private subnets, by a provider of capacity and without a grace period", async () => {
    const resources = await recordResources();

    const made = make({ service: { desiredCount: 3 } });
    await settled();

    expect(resourceNamed(resources, "shop-service")).to.deep.include({
      inputs: {
        name: "shop-staging-shop-service",
        cluster: "arn:cluster",
        taskDefinition: "arn:aws:ecs:eu-central-1:686831565523:task-definition/shop-staging-shop:1",
        desiredCount: 3,
        capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
        deploymentMaximumPercent: 200,
        deploymentMinimumHealthyPercent: 100,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        networkConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-1"], assignPublicIp: false },
        enableExecuteCommand: false,
        enableEcsManagedTags: true,
        propagateTags: "TASK_DEFINITION",
        waitForSteadyState: false,
        tags: { Service: "shop" },
      },
      options: {},
    });
    expect(await valueOf(pulumi.output(made.serviceNames))).to.deep.equal({ blue: "shop-staging-shop-service" });
  });

  it("keeps old revisions of the task, which carries service and version as tags", async () => {
    const resources = await recordResources();

    make({ service: { cpu: 512, memory: 1024 } });
    await settled();

    const { containerDefinitions, ...inputs } = resourceNamed(resources, "shop-task").inputs;
    expect(inputs).to.deep.equal({
      family: "shop-staging-shop",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "512",
      memory: "1024",
      executionRoleArn: "arn:aws:iam::686831565523:role/shop-execution-role",
      taskRoleArn: "arn:aws:iam::686831565523:role/shop-task-role",
      skipDestroy: true,
      tags: { Service: "shop", Version: "v1" },
    });
    expect(JSON.parse(String(containerDefinitions))).to.have.length(1);
  });

  it("has each slot's own target group, and a grace period, behind the load balancer", async () => {
    const resources = await recordResources();
    const service = { containers: { web: attached }, gracePeriodSeconds: 600, release: { strategy: "blue-green" } };

    make({ service }, { targetGroups });
    await settled();

    const made = resourcesOf(resources, serviceType).map(({ name, inputs }) => [
      name,
      { loadBalancers: inputs["loadBalancers"], grace: inputs["healthCheckGracePeriodSeconds"] },
    ]);
    const behind = (slot: string) => ({
      loadBalancers: [{ targetGroupArn: `arn:aws:${slot}`, containerName: "web", containerPort: 8080 }],
      grace: 600,
    });
    expect(Object.fromEntries(made)).to.deep.equal({
      "shop-service": behind("blue"),
      "shop-service-green": behind("green"),
    });
  });

  it("makes the idle slot with no tasks and its own images, and leaves its count alone", async () => {
    const resources = await recordResources();
    const release: ServiceRelease = {
      live: "green",
      slots: { blue: { images: { web: "shop:v1" } }, green: { images: { web: "shop:v2" } } },
      weights: { blue: 0, green: 100 },
    };

    make({ service: { desiredCount: 2, release: { strategy: "canary" } }, release });
    await settled();

    const services = resourcesOf(resources, serviceType).map(({ inputs, options }) => [
      inputs["name"],
      inputs["desiredCount"],
      options.ignoreChanges,
    ]);
    expect(services).to.have.deep.members([
      ["shop-staging-shop-service", 0, ["desiredCount"]],
      ["shop-staging-shop-service-green", 2, undefined],
    ]);
    const versions = resourcesOf(resources, taskType).map(({ name, inputs }) => [
      name,
      inputs["family"],
      inputs["tags"],
    ]);
    expect(versions).to.have.deep.members([
      ["shop-task", "shop-staging-shop", { Service: "shop", Version: "v1" }],
      ["shop-task-green", "shop-staging-shop-green", { Service: "shop", Version: "v2" }],
    ]);
  });

  it("scales the live slot only, whose count then belongs to the scaling", async () => {
    const resources = await recordResources();
    const service = { release: { strategy: "blue-green" }, autoscaling: { min: 2, max: 4, cpuTarget: 60 } };

    make({ service });
    await settled();

    const scaled = resourcesOf(resources, "aws:appautoscaling/target:Target");
    expect(scaled.map(({ name, inputs }) => [name, inputs["resourceId"]])).to.deep.equal([
      ["shop-scaling", "service/shop-staging-cluster/shop-staging-shop-service"],
    ]);
    expect(resourceNamed(resources, "shop-service").options).to.deep.equal({ ignoreChanges: ["desiredCount"] });
  });

  it("runs on spare capacity when that is allowed", async () => {
    const resources = await recordResources();

    make({ service: { spot: true } });
    await settled();

    expect(resourceNamed(resources, "shop-service").inputs["capacityProviderStrategies"]).to.deep.equal([
      { capacityProvider: "FARGATE_SPOT", weight: 1 },
    ]);
  });

  for (const usesSpot of [true, false]) {
    it(`${usesSpot ? "forces" : "does not force"} a new deployment with every update when it has ${usesSpot ? "" : "never "}run on Spot`, async () => {
      const resources = await recordResources();

      make({}, { usesSpot });
      await settled();

      expect(resourceNamed(resources, "shop-service").inputs["forceNewDeployment"]).to.equal(usesSpot || undefined);
    });
  }

  it("lets the containers open a shell's channels only with ECS Exec", async () => {
    const resources = await recordResources();

    make({ service: { executeCommand: true } });
    await settled();

    const policy = JSON.parse(String(resourceNamed(resources, "shop-task-policy").inputs["policy"])) as {
      Statement: { Action: string[] }[];
    };
    expect(policy.Statement.map(({ Action }) => Action)).to.deep.equal([
      [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
    ]);
    expect(resourceNamed(resources, "shop-service").inputs["enableExecuteCommand"]).to.equal(true);
  });

  it("makes one log group for all containers when the template does not tell them apart", async () => {
    const resources = await recordResources();

    make({ service: { containers: { web, proxy: web } } });
    await settled();

    expect(
      resourcesOf(resources, "aws:cloudwatch/logGroup:LogGroup").map(({ name, inputs }) => [name, inputs]),
    ).to.deep.equal([
      ["shop-logs", { name: "/ecs/shop-staging/shop", retentionInDays: 14, tags: { Service: "shop" } }],
    ]);
  });

  it("makes one log group for each container when the template does", async () => {
    const resources = await recordResources();

    make({ service: { containers: { web, proxy: web } }, naming: { logGroup: "/ecs/{system}/{container}" } });
    await settled();

    const groups = resourcesOf(resources, "aws:cloudwatch/logGroup:LogGroup");
    expect(groups.map(({ name, inputs }) => [name, inputs["name"]])).to.deep.equal([
      ["shop-logs-proxy", "/ecs/shop/proxy"],
      ["shop-logs-web", "/ecs/shop/web"],
    ]);
  });
});
