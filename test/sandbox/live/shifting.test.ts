import {
  DescribeServiceDeploymentsCommand,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { CreateRuleCommand, DescribeRulesCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { underLoad } from "./load";
import { openShop, targetGroup, type Shop } from "./shop";
import { shopState } from "./shop-state";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const name = "shifting";

describe("a blue-green deployment by ECS itself in the sandbox", function () {
  this.timeout(90_000);
  let cloud: LiveCloud;
  let shop: Shop;
  let rule: string;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, "100000000030");
    shop = await openShop(cloud, name, ["v1", "v2", "v3"]);
    const green = await targetGroup(cloud, `${name}-green`, shop.vpc);
    const { Rules } = await cloud.elb.send(
      new CreateRuleCommand({
        ListenerArn: shop.listenerArn,
        Priority: 1,
        Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/*"] } }],
        Actions: [
          {
            Type: "forward",
            ForwardConfig: {
              TargetGroups: [
                { TargetGroupArn: shop.targetGroupArn, Weight: 1 },
                { TargetGroupArn: green, Weight: 0 },
              ],
            },
          },
        ],
      }),
    );
    rule = Rules?.[0]?.RuleArn ?? "";
    await shop.serve(await shop.define("v1"), {
      deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 5 },
      loadBalancers: [
        {
          targetGroupArn: shop.targetGroupArn,
          containerName: "web",
          containerPort: 8080,
          advancedConfiguration: {
            alternateTargetGroupArn: green,
            productionListenerRule: rule,
            roleArn: `arn:aws:iam::${cloud.account}:role/${name}-execution`,
          },
        },
      ],
    });
    await until("three healthy tasks of v1", (state) => state.healthy("v1") === 3 && state.isSteady);
  });

  it("moves all traffic at once, bakes, and takes the old tasks away, without a failed request", async () => {
    const report = await underLoad({ origin: await shop.address(), rps: 200, requests: 4_000 }, async () => {
      await update("v2");
      await until("only v2, steady", (state) => state.versions.join() === "v2" && state.isSteady);
    });

    expect(report.failures).to.deep.equal({});
    expect(await ended()).to.deep.include({ status: "SUCCESSFUL" });
    expect(await weights()).to.deep.equal([0, 100]);
  });

  it("goes back at once when it is stopped while it bakes, and starts no task for that", async () => {
    await update("v3");
    await until("the bake", (state) => state.service?.deployments.some(({ stage }) => stage === "BAKE_TIME") ?? false);
    const { serviceDeploymentArn } = await newest();

    await cloud.ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: "ROLLBACK" }));
    await until("only v2, steady", (state) => state.versions.join() === "v2" && state.isSteady);

    expect(await ended()).to.deep.equal({ serviceDeploymentArn, status: "ROLLBACK_SUCCESSFUL" });
    expect(await weights()).to.deep.equal([0, 100]);
  });

  const update = async (tag: string): Promise<unknown> =>
    cloud.ecs.send(new UpdateServiceCommand({ cluster: name, service: name, taskDefinition: await shop.define(tag) }));

  const newest = async () => {
    const { serviceDeployments: [first] = [] } = await cloud.ecs.send(
      new ListServiceDeploymentsCommand({ cluster: name, service: name }),
    );
    const { serviceDeployments: [full] = [] } = await cloud.ecs.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [first?.serviceDeploymentArn ?? ""] }),
    );
    return { serviceDeploymentArn: full?.serviceDeploymentArn, status: full?.status };
  };

  /** The record is closed a step after the service is steady. */
  const ended = async (): ReturnType<typeof newest> => {
    const found = await newest();
    return found.status?.endsWith("IN_PROGRESS") ? ended() : found;
  };

  const weights = async (): Promise<unknown> => {
    const { Rules } = await cloud.elb.send(new DescribeRulesCommand({ RuleArns: [rule] }));
    return Rules?.[0]?.Actions?.[0]?.ForwardConfig?.TargetGroups?.map(({ Weight }) => Weight);
  };

  const until = async (what: string, isSo: (state: ReturnType<typeof shopState>) => boolean): Promise<unknown> =>
    cloud.until(what, (snapshot) => isSo(shopState(snapshot, name)));
});
