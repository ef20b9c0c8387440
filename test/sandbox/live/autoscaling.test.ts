import {
  ApplicationAutoScalingClient,
  DescribeScalingActivitiesCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { expect } from "chai";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { underLoad } from "./load";
import { openShop, type Shop } from "./shop";
import { shopState } from "./shop-state";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"] ?? "";
const name = "scaled";

describe("auto scaling of a service by the requests that its tasks get", function () {
  this.timeout(120_000);
  let cloud: LiveCloud;
  let shop: Shop;
  let scaling: ApplicationAutoScalingClient;

  before(async function () {
    if (endpoint === "") return this.skip();
    cloud = await liveCloud(endpoint, "100000000250");
    shop = await openShop(cloud, name, ["v1"]);
    await shop.serve(await shop.define("v1"), { desiredCount: 1 });
    await until("one healthy task", (state) => state.healthy() === 1 && state.isSteady);
    scaling = new ApplicationAutoScalingClient({
      region: cloud.region,
      endpoint,
      credentials: { accessKeyId: `SANDBOX${cloud.account}`, secretAccessKey: "x" },
    });
    const target = {
      ServiceNamespace: "ecs",
      ResourceId: `service/${name}/${name}`,
      ScalableDimension: "ecs:service:DesiredCount",
    } as const;
    await scaling.send(new RegisterScalableTargetCommand({ ...target, MinCapacity: 1, MaxCapacity: 3 }));
    await scaling.send(
      new PutScalingPolicyCommand({
        ...target,
        PolicyName: "requests",
        PolicyType: "TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 60,
          ScaleInCooldown: 60,
          ScaleOutCooldown: 60,
          PredefinedMetricSpecification: {
            PredefinedMetricType: "ALBRequestCountPerTarget",
            ResourceLabel: `${suffix(shop.loadBalancerArn).replace("loadbalancer/", "")}/${suffix(shop.targetGroupArn)}`,
          },
        },
      }),
    );
  });

  it("adds tasks under load, at once as many as the load needs, and takes them away when it is gone", async () => {
    const seen: number[] = [];
    const watching = await cloud.watch((snapshot) => {
      const desired = shopState(snapshot, name).service?.desired ?? 0;
      if (seen.at(-1) !== desired) seen.push(desired);
    });
    const origin = await shop.address();
    const busy = await underLoad({ origin, rps: 300, requests: 2_400 }, () =>
      until("three tasks", (state) => state.healthy() === 3 && state.isSteady),
    );
    const quiet = await underLoad({ origin, rps: 5, requests: 100 }, () =>
      until("one task", (state) => state.service?.desired === 1 && state.up === 1 && state.isSteady),
    );
    watching.stop();

    const { ScalingActivities = [] } = await scaling.send(
      new DescribeScalingActivitiesCommand({ ServiceNamespace: "ecs" }),
    );
    const told = ScalingActivities.map(({ Description, Cause }) => [
      Description,
      / in state ALARM triggered policy requests$/.exec(Cause ?? "") !== null,
    ]).reverse();
    expect({ failures: [busy.failures, quiet.failures], seen: [seen[0], seen[1], seen.at(-1)] }).to.deep.equal({
      failures: [{}, {}],
      seen: [1, 3, 1],
    });
    expect([told[0], told.at(-1)]).to.deep.equal([
      ["Setting desired count to 3.", true],
      ["Setting desired count to 1.", true],
    ]);
  });

  const until = async (what: string, isSo: (state: ReturnType<typeof shopState>) => boolean): Promise<void> => {
    await cloud.until(what, (snapshot) => isSo(shopState(snapshot, name)));
  };
});

const suffix = (arn: string): string => arn.split(":").at(-1) ?? "";
