import * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import type { Names } from "../naming";

export interface ClusterArgs {
  readonly names: Names;
}

/**
 * One ECS cluster on Fargate, with Container Insights.
 *
 * **Cost**: none for the cluster; Container Insights is billed as custom metrics.
 */
export class Cluster extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly clusterName: pulumi.Output<string>;
  /** Services that run on a capacity provider can be made only after this, and must be gone before it. */
  readonly capacity: pulumi.Resource;

  constructor(name: string, args: ClusterArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:services:Cluster", name, {}, opts);

    const cluster = new aws.ecs.Cluster(
      name,
      {
        name: args.names.cluster,
        // Desired and running counts are metrics of Container Insights only.
        settings: [{ name: "containerInsights", value: "enabled" }],
      },
      { parent: this },
    );
    this.capacity = new aws.ecs.ClusterCapacityProviders(
      `${name}-capacity`,
      { clusterName: cluster.name, capacityProviders: ["FARGATE", "FARGATE_SPOT"] },
      { parent: this },
    );

    this.arn = cluster.arn;
    this.clusterName = cluster.name;
    this.registerOutputs({ arn: this.arn, clusterName: this.clusterName });
  }
}
