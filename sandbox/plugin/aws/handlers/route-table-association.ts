import {
  AssociateRouteTableCommand,
  DescribeRouteTablesCommand,
  DisassociateRouteTableCommand,
  EC2Client,
  ReplaceRouteTableAssociationCommand,
  type RouteTableAssociation,
} from "@aws-sdk/client-ec2";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";

interface AssociationInputs {
  readonly routeTableId: string;
  readonly subnetId?: string;
  readonly gatewayId?: string;
}

/** `aws:ec2/routeTableAssociation:RouteTableAssociation` */
export const routeTableAssociation = defineHandler<AssociationInputs>({
  async create({ routeTableId, subnetId, gatewayId }, context) {
    const { AssociationId = "" } = await context
      .client(EC2Client)
      .send(new AssociateRouteTableCommand({ RouteTableId: routeTableId, SubnetId: subnetId, GatewayId: gatewayId }));
    return AssociationId;
  },

  async find(id, known, context) {
    const found = await describe(id, known, context);
    return found && { routeTableId: found.RouteTableId, subnetId: found.SubnetId, gatewayId: found.GatewayId };
  },

  async change(id, state, inputs, context) {
    const AssociationId = (await describe(id, state, context))?.RouteTableAssociationId ?? id;
    const command = new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId: inputs.routeTableId });
    await context.client(EC2Client).send(command);
  },

  async remove(id, state, context) {
    const AssociationId = (await describe(id, state, context))?.RouteTableAssociationId;
    if (AssociationId)
      await orMissing(context.client(EC2Client).send(new DisassociateRouteTableCommand({ AssociationId })));
  },
});

/** AWS gives an association a new id when its table changes, so the subnet is the key that stays. */
async function describe(
  id: string,
  { subnetId, gatewayId }: Partial<AssociationInputs>,
  context: HandlerContext,
): Promise<RouteTableAssociation | undefined> {
  const filter = subnetId
    ? { Name: "association.subnet-id", Values: [subnetId] }
    : { Name: "association.route-table-association-id", Values: [id] };
  const { RouteTables = [] } = await context
    .client(EC2Client)
    .send(new DescribeRouteTablesCommand(gatewayId ? {} : { Filters: [filter] }));
  return RouteTables.flatMap(({ Associations = [] }) => Associations).find((association) =>
    (subnetId ?? gatewayId)
      ? (association.SubnetId ?? association.GatewayId) === (subnetId ?? gatewayId)
      : association.RouteTableAssociationId === id,
  );
}
