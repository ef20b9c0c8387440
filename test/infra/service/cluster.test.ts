import { expect } from "chai";
import { makeNames } from "../../../infra/naming";
import { Cluster } from "../../../infra/service/cluster";
import { recordResources, settled, valueOf } from "../../_helpers/pulumi-mocks";
import { stackConfig } from "../../_helpers/stack-config";

describe("Cluster", () => {
  it("has Container Insights and both kinds of Fargate", async () => {
    const resources = await recordResources();

    const cluster = new Cluster("cluster", { names: makeNames(stackConfig(), "shop-staging") });

    expect(await valueOf(cluster.arn)).to.equal("arn:aws:ecs:eu-central-1:686831565523:cluster/shop-staging-cluster");
    await settled();
    expect(resources.map(({ type, parent, inputs }) => [type, parent, inputs])).to.deep.equal([
      ["slipway:services:Cluster", undefined, {}],
      [
        "aws:ecs/cluster:Cluster",
        "cluster",
        { name: "shop-staging-cluster", settings: [{ name: "containerInsights", value: "enabled" }] },
      ],
      [
        "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
        "cluster",
        { clusterName: "shop-staging-cluster", capacityProviders: ["FARGATE", "FARGATE_SPOT"] },
      ],
    ]);
  });
});
