import type * as pulumi from "@pulumi/pulumi";

/** The rules by which ECS shifts the traffic of one container. */
export interface NativeRules {
  /** ARN. */
  readonly production: pulumi.Output<string>;
  /** ARN; undefined without a test listener. */
  readonly test?: pulumi.Output<string>;
}

/** By service and container; only of services whose traffic ECS itself shifts. */
export type NativeRulesByService = Readonly<Record<string, Readonly<Record<string, NativeRules>>>>;
