import * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import type { NetworkConfig } from "../config/schema";

/** AWS services that tasks may reach without leaving the VPC. */
export type EndpointService = Extract<NetworkConfig, { mode: "create" }>["endpoints"][number];

export interface InterfaceEndpointsArgs {
  /** Decides which endpoints exist; none makes nothing at all. */
  readonly services: readonly EndpointService[];
  readonly region: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
  readonly vpcCidr: pulumi.Input<string>;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * Endpoints in the private subnets, with a security group of their own.
 *
 * **Cost**: about $9 a month for each endpoint and zone, and $0.01 a GB (eu-central-1).
 */
export function makeInterfaceEndpoints(name: string, args: InterfaceEndpointsArgs, parent: pulumi.Resource): void {
  if (args.services.length === 0) return;
  const group = new aws.ec2.SecurityGroup(
    `${name}-endpoints`,
    { description: "VPC endpoints", vpcId: args.vpcId },
    { parent },
  );
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-endpoints-from-vpc-443`,
    {
      securityGroupId: group.id,
      description: "AWS APIs for everything in the VPC",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: args.vpcCidr,
    },
    { parent },
  );
  for (const service of args.services) {
    new aws.ec2.VpcEndpoint(
      `${name}-endpoint-${service}`,
      {
        vpcId: args.vpcId,
        vpcEndpointType: "Interface",
        serviceName: serviceName(args.region, service),
        subnetIds: args.subnetIds,
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
      },
      { parent },
    );
  }
}

/** The gateway for S3 in the given route tables. It costs nothing. */
export function makeS3Endpoint(
  name: string,
  args: Pick<InterfaceEndpointsArgs, "region" | "vpcId"> & { readonly routeTableIds: pulumi.Input<string[]> },
  parent: pulumi.Resource,
): aws.ec2.VpcEndpoint {
  return new aws.ec2.VpcEndpoint(
    `${name}-endpoint-s3`,
    {
      vpcId: args.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: serviceName(args.region, "s3"),
      routeTableIds: args.routeTableIds,
    },
    { parent },
  );
}

const serviceName = (region: pulumi.Input<string>, service: string): pulumi.Output<string> =>
  pulumi.interpolate`com.amazonaws.${region}.${service}`;
