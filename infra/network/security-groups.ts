import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancerConfig, StackConfig } from "../config/schema";

export interface SecurityGroupsArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly vpcCidr: pulumi.Input<string>;
  /** Decides whether the load balancer's group exists, and its ports. */
  readonly loadBalancer: LoadBalancerConfig | undefined;
  /** Decides which container ports are open. */
  readonly services: StackConfig["services"];
  /** Decides whether the database's group exists. */
  readonly hasDatabase: boolean;
}

/** Who may talk to whom. */
export class SecurityGroups extends pulumi.ComponentResource {
  /** Undefined without a load balancer. */
  readonly loadBalancerId: pulumi.Output<string> | undefined;
  readonly servicesId!: pulumi.Output<string>;
  /** Undefined without a database. */
  readonly databaseId: pulumi.Output<string> | undefined;

  constructor(name: string, _args: SecurityGroupsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:network:SecurityGroups", name, {}, opts);
  }
}
