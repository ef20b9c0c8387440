import {
  CreateRouteCommand,
  DeleteRouteCommand,
  EC2Client,
  ReplaceRouteCommand,
  type Route,
} from "@aws-sdk/client-ec2";
import type { HandlerContext } from "../../handler";
import { orMissing } from "../missing";

/** Where a route leads: exactly one of these. */
export interface RouteTarget {
  readonly gatewayId?: string;
  readonly natGatewayId?: string;
  readonly networkInterfaceId?: string;
  readonly transitGatewayId?: string;
  readonly vpcPeeringConnectionId?: string;
  readonly vpcEndpointId?: string;
  readonly egressOnlyGatewayId?: string;
}

/** A route: its destination is its key within the table. */
export interface RouteInputs extends RouteTarget {
  readonly destinationCidrBlock?: string;
  readonly destinationIpv6CidrBlock?: string;
}

/** Adds a route. */
export async function addRoute(tableId: string, route: RouteInputs, context: HandlerContext): Promise<void> {
  await context.client(EC2Client).send(new CreateRouteCommand(toAwsRoute(tableId, route)));
}

/** Leads an existing route elsewhere. */
export async function redirectRoute(tableId: string, route: RouteInputs, context: HandlerContext): Promise<void> {
  await context.client(EC2Client).send(new ReplaceRouteCommand(toAwsRoute(tableId, route)));
}

/** Takes a route away; gone already is fine. */
export async function removeRoute(tableId: string, destination: string, context: HandlerContext): Promise<void> {
  const key = destination.includes(":")
    ? { DestinationIpv6CidrBlock: destination }
    : { DestinationCidrBlock: destination };
  await orMissing(context.client(EC2Client).send(new DeleteRouteCommand({ RouteTableId: tableId, ...key })));
}

/** AWS names an endpoint as a gateway. */
export function fromAwsRoute(route: Route): RouteTarget {
  return definedOnly({
    gatewayId: route.GatewayId,
    natGatewayId: route.NatGatewayId,
    networkInterfaceId: route.NatGatewayId ? undefined : route.NetworkInterfaceId,
    transitGatewayId: route.TransitGatewayId,
    vpcPeeringConnectionId: route.VpcPeeringConnectionId,
    egressOnlyGatewayId: route.EgressOnlyInternetGatewayId,
  });
}

function toAwsRoute(tableId: string, route: RouteInputs) {
  return {
    RouteTableId: tableId,
    DestinationCidrBlock: route.destinationCidrBlock,
    DestinationIpv6CidrBlock: route.destinationIpv6CidrBlock,
    GatewayId: route.gatewayId,
    NatGatewayId: route.natGatewayId,
    NetworkInterfaceId: route.networkInterfaceId,
    TransitGatewayId: route.transitGatewayId,
    VpcPeeringConnectionId: route.vpcPeeringConnectionId,
    VpcEndpointId: route.vpcEndpointId,
    EgressOnlyInternetGatewayId: route.egressOnlyGatewayId,
  };
}

function definedOnly(
  target: Readonly<Record<keyof Omit<RouteTarget, "vpcEndpointId">, string | undefined>>,
): RouteTarget {
  return Object.fromEntries(Object.entries(target).filter(([, value]) => value !== undefined && value !== ""));
}
