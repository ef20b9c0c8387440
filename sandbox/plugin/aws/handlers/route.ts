import { DescribeRouteTablesCommand, EC2Client, type Route } from "@aws-sdk/client-ec2";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { addRoute, fromAwsRoute, redirectRoute, removeRoute, type RouteInputs } from "./routes";

interface RouteResourceInputs extends RouteInputs {
  readonly routeTableId: string;
}

/** `aws:ec2/route:Route`. AWS has no id for a route: its table and its destination are its key. */
export const route = defineHandler<RouteResourceInputs>({
  async create(inputs, context) {
    await addRoute(inputs.routeTableId, inputs, context);
    return `r-${inputs.routeTableId}${destinationHash(destinationOf(inputs))}`;
  },

  async find(id, known, context) {
    const { tableId, destination } = keyOf(id, known);
    const found = await describe(tableId, destination, context);
    if (!found) return undefined;
    const target = fromAwsRoute(found);
    return {
      routeTableId: tableId,
      destinationCidrBlock: found.DestinationCidrBlock,
      destinationIpv6CidrBlock: found.DestinationIpv6CidrBlock,
      gatewayId: target.gatewayId,
      natGatewayId: target.natGatewayId,
      networkInterfaceId: target.networkInterfaceId,
      transitGatewayId: target.transitGatewayId,
      vpcPeeringConnectionId: target.vpcPeeringConnectionId,
      egressOnlyGatewayId: target.egressOnlyGatewayId,
      origin: found.Origin ?? "CreateRoute",
      state: found.State ?? "active",
    };
  },

  change: (_id, _state, inputs, context) => redirectRoute(inputs.routeTableId, inputs, context),

  remove(id, state, context) {
    const { tableId, destination } = keyOf(id, state);
    return removeRoute(tableId, destination, context);
  },
});

const destinationOf = ({ destinationCidrBlock, destinationIpv6CidrBlock }: RouteInputs): string =>
  destinationCidrBlock ?? destinationIpv6CidrBlock ?? "";

/** An import names a route as `<table>_<destination>`, having no state yet. */
function keyOf(
  id: string,
  known: Partial<RouteResourceInputs>,
): { readonly tableId: string; readonly destination: string } {
  const [tableId = "", destination = ""] = known.routeTableId
    ? [known.routeTableId, destinationOf(known)]
    : id.split("_");
  return { tableId, destination };
}

async function describe(tableId: string, destination: string, context: HandlerContext): Promise<Route | undefined> {
  const command = new DescribeRouteTablesCommand({ RouteTableIds: [tableId] });
  const table = (await orMissing(context.client(EC2Client).send(command)))?.RouteTables?.[0];
  return table?.Routes?.find(
    ({ DestinationCidrBlock, DestinationIpv6CidrBlock }) =>
      (DestinationCidrBlock ?? DestinationIpv6CidrBlock) === destination,
  );
}

/** The provider's ids end in a number that stands for the destination. */
function destinationHash(destination: string): number {
  return [...destination].reduce((hash, character) => (hash * 31 + character.charCodeAt(0)) >>> 0, 7);
}
