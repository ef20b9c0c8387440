import { expect } from "chai";
import { makeAutoscaling } from "../../../infra/service/autoscaling";
import { recordResources, settled } from "../../_helpers/pulumi-mocks";

const resourceId = "service/shop-cluster/shop";
const dimension = { serviceNamespace: "ecs", scalableDimension: "ecs:service:DesiredCount", resourceId };
const tracking = (metric: string, targetValue: number): object => ({
  ...dimension,
  policyType: "TargetTrackingScaling",
  targetTrackingScalingPolicyConfiguration: {
    targetValue,
    predefinedMetricSpecification: { predefinedMetricType: metric },
  },
});

describe("makeAutoscaling", () => {
  it("keeps the count between two limits and tracks cpu and memory", async () => {
    const resources = await recordResources();

    makeAutoscaling("shop", { config: { min: 2, max: 6, cpuTarget: 60, memoryTarget: 75 }, resourceId }, {});
    await settled();

    expect(Object.fromEntries(resources.map(({ name, inputs }) => [name, inputs]))).to.deep.equal({
      "shop-scaling": { ...dimension, minCapacity: 2, maxCapacity: 6 },
      "shop-scaling-cpu": tracking("ECSServiceAverageCPUUtilization", 60),
      "shop-scaling-memory": tracking("ECSServiceAverageMemoryUtilization", 75),
    });
  });

  it("tracks only what has a target", async () => {
    const resources = await recordResources();

    makeAutoscaling("shop", { config: { min: 1, max: 2, memoryTarget: 75 }, resourceId }, {});
    await settled();

    expect(resources.map(({ name }) => name)).to.deep.equal(["shop-scaling", "shop-scaling-memory"]);
  });
});
