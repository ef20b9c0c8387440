import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { CreateRuleCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import { ecsServiceDeployments } from "../../../automation/adapters/ecs-service-deployments";
import type { NativeDeployment } from "../../../automation/model/release/native";
import { waitingHook } from "../../../automation/model/release/native-facts";
import type { ServiceDeployments } from "../../../automation/ports/service-deployments";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { openShop, targetGroup, type Shop } from "./shop";
import { shopState } from "./shop-state";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const name = "native";
const service = { cluster: name, serviceName: name };

describe("the driver's view of deployments that ECS shifts", function () {
  this.timeout(120_000);
  const before = { ...process.env };
  let cloud: LiveCloud;
  let shop: Shop;
  let deployments: ServiceDeployments;

  this.beforeAll(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, "100000000058");
    const keys = { AWS_ACCESS_KEY_ID: `SANDBOX${cloud.account}`, AWS_SECRET_ACCESS_KEY: "x" };
    Object.assign(process.env, { AWS_ENDPOINT_URL: endpoint, ...keys });
    deployments = ecsServiceDeployments({ region: cloud.region });
    shop = await openShop(cloud, name, ["v1", "v2", "v3"]);
    const green = await targetGroup(cloud, `${name}-green`, shop.vpc);
    const groups = [
      { TargetGroupArn: shop.targetGroupArn, Weight: 100 },
      { TargetGroupArn: green, Weight: 0 },
    ];
    const { Rules } = await cloud.elb.send(
      new CreateRuleCommand({
        ListenerArn: shop.listenerArn,
        Priority: 1,
        Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/*"] } }],
        Actions: [{ Type: "forward", ForwardConfig: { TargetGroups: groups } }],
      }),
    );
    await shop.serve(await shop.define("v1"), {
      deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 1 },
      loadBalancers: [
        {
          targetGroupArn: shop.targetGroupArn,
          containerName: "web",
          containerPort: 8080,
          advancedConfiguration: {
            alternateTargetGroupArn: green,
            productionListenerRule: Rules?.[0]?.RuleArn ?? "",
            roleArn: `arn:aws:iam::${cloud.account}:role/${name}-execution`,
          },
        },
      ],
    });
    await cloud.until("three healthy tasks of v1", (snapshot) => {
      const state = shopState(snapshot, name);
      return state.healthy("v1") === 3 && state.isSteady;
    });
  });

  this.afterAll(() => {
    process.env = before;
  });

  it("tells the pause of a deployment, lets it go on, and sees it succeed", async () => {
    const taskDefinition = await shop.define("v2");
    const paused = await started(taskDefinition, (found) => waitingHook(found) !== undefined);

    expect(paused.stage).to.equal("POST_SCALE_UP");
    expect(await deployments.taskDefinitionOf(paused.target.arn)).to.equal(taskDefinition);
    await deployments.continue(paused.arn, waitingHook(paused)?.id ?? "");

    const ended = await followed(paused.arn, ({ status }) => status === "SUCCESSFUL");
    expect(ended.target).to.deep.include({ production: 100, wanted: 3, running: 3 });
  });

  it("takes a deployment back, and refuses to do so twice", async () => {
    const paused = await started(await shop.define("v3"), (found) => waitingHook(found) !== undefined);

    await deployments.rollBack(paused.arn);

    const ended = await followed(paused.arn, ({ status }) => status === "ROLLBACK_SUCCESSFUL");
    expect(ended.rollbackReason).to.be.a("string");
    const error: unknown = await deployments.rollBack(paused.arn).catch((found: unknown) => found);
    expect(error).to.deep.include({ kind: "refused", operation: "ecs:StopServiceDeployment" });
  });

  it("knows no deployment of an ARN that ECS does not know", async () => {
    const { arn = "" } = (await deployments.newest(service)) ?? {};
    expect(await deployments.describe(`${arn.slice(0, -3)}xxx`)).to.equal(undefined);
  });

  async function started(taskDefinition: string, isSo: (found: NativeDeployment) => boolean) {
    const old = await deployments.newest(service);
    const hook = { targetType: "PAUSE", lifecycleStages: ["POST_SCALE_UP"] } as const;
    const deploymentConfiguration = { lifecycleHooks: [{ ...hook, lifecycleStages: [...hook.lifecycleStages] }] };
    await cloud.ecs.send(
      new UpdateServiceCommand({ cluster: name, service: name, taskDefinition, deploymentConfiguration }),
    );
    return cloud.eventually(`a deployment of ${taskDefinition}`, async () => {
      const found = await deployments.newest(service);
      return found !== undefined && found.arn !== old?.arn && isSo(found) ? found : undefined;
    });
  }

  const followed = (arn: string, isSo: (found: NativeDeployment) => boolean): Promise<NativeDeployment> =>
    cloud.eventually(`the end of ${arn}`, async () => {
      const found = await deployments.describe(arn);
      return found !== undefined && isSo(found) ? found : undefined;
    });
});
