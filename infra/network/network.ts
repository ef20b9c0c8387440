import * as pulumi from "@pulumi/pulumi";
import type { NetworkConfig } from "../config/schema";
import type { Names } from "../naming";

export interface NetworkArgs {
  readonly names: Names;
  /** Decides which children exist. */
  readonly config: NetworkConfig;
  /** Retention of flow logs that have none of their own, in days. */
  readonly logRetentionDays: number;
  /** Region of the environment; part of the names of VPC endpoints. */
  readonly region: pulumi.Input<string>;
}

/** The VPC: made, or adopted by ids. */
export class Network extends pulumi.ComponentResource {
  readonly vpcId!: pulumi.Output<string>;
  readonly vpcCidr!: pulumi.Output<string>;
  readonly publicSubnetIds!: pulumi.Output<string[]>;
  readonly privateSubnetIds!: pulumi.Output<string[]>;
  readonly databaseSubnetIds!: pulumi.Output<string[]>;

  constructor(name: string, _args: NetworkArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:network:Network", name, {}, opts);
  }
}
