/**
 * The parts of `@pulumi/aws` that an environment is made of. The package itself loads all of its two hundred, which
 * takes longer than to declare an environment.
 */
export * as appautoscaling from "@pulumi/aws/appautoscaling";
export * as cloudwatch from "@pulumi/aws/cloudwatch";
export * as ec2 from "@pulumi/aws/ec2";
export * as ecs from "@pulumi/aws/ecs";
export * as iam from "@pulumi/aws/iam";
export * as lb from "@pulumi/aws/lb";
export { Provider } from "@pulumi/aws/provider";
export * as rds from "@pulumi/aws/rds";
export * as route53 from "@pulumi/aws/route53";
export * as secretsmanager from "@pulumi/aws/secretsmanager";
export * as sns from "@pulumi/aws/sns";
export type * as types from "@pulumi/aws/types";
export * as vpc from "@pulumi/aws/vpc";
