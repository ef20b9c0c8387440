import {
  CreateRouteTableCommand,
  DeleteRouteTableCommand,
  DescribeRouteTablesCommand,
  EC2Client,
  type RouteTable,
} from "@aws-sdk/client-ec2";
import { regionalArn } from "../arn";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { foundTags, fromTagList, type Tagged } from "../tags";
import { retagEc2, tagsFor } from "./ec2-tags";
import { isSame } from "../is-same";
import { addRoute, fromAwsRoute, removeRoute, type RouteTarget } from "./routes";
import type { HandlerContext } from "../../handler";

interface RouteTableInputs extends Tagged {
  readonly vpcId: string;
  /** Routes written inline; separate Route resources are the usual way, and then this is absent. */
  readonly routes?: readonly InlineRoute[];
}

type InlineRoute = RouteTarget & { readonly cidrBlock?: string };

/** `aws:ec2/routeTable:RouteTable` */
export const routeTable = defineHandler<RouteTableInputs>({
  async create(inputs, context) {
    const { RouteTable: made } = await context
      .client(EC2Client)
      .send(new CreateRouteTableCommand({ VpcId: inputs.vpcId, ...tagsFor("route-table", inputs) }));
    return made?.RouteTableId ?? "";
  },

  async complete(id, inputs, context) {
    for (const route of inputs.routes ?? []) await addRoute(id, asRoute(route), context);
  },

  async find(id, known, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    return {
      arn: regionalArn("ec2", `route-table/${id}`, context),
      vpcId: found.VpcId,
      ownerId: found.OwnerId ?? context.account,
      // Routes made by separate Route resources later on are not this resource's.
      ...(known.routes ? { routes: inlineRoutes(found) } : {}),
      ...foundTags(known, fromTagList(found.Tags)),
    };
  },

  async change(id, state, inputs, context) {
    const [old, wanted] = [state.routes ?? [], inputs.routes ?? []];
    for (const route of old.filter((one) => !wanted.some((other) => isSame(one, other)))) {
      await removeRoute(id, route.cidrBlock ?? "", context);
    }
    for (const route of wanted.filter((one) => !old.some((other) => isSame(one, other)))) {
      await addRoute(id, asRoute(route), context);
    }
    await retagEc2(id, state, inputs, context);
  },

  remove: (id, _state, context) =>
    removeWhenFree(
      () => context.client(EC2Client).send(new DeleteRouteTableCommand({ RouteTableId: id })),
      context,
      id,
    ),
});

async function describe(id: string, context: HandlerContext): Promise<RouteTable | undefined> {
  const command = new DescribeRouteTablesCommand({ RouteTableIds: [id] });
  return (await orMissing(context.client(EC2Client).send(command)))?.RouteTables?.[0];
}

const asRoute = ({ cidrBlock, ...target }: InlineRoute) => ({ destinationCidrBlock: cidrBlock ?? "", ...target });

/** The local route and those that gateway endpoints add belong to AWS. */
function inlineRoutes(found: RouteTable): readonly InlineRoute[] {
  return (found.Routes ?? [])
    .filter((route) => route.GatewayId !== "local" && route.DestinationPrefixListId === undefined)
    .map((route) => ({ cidrBlock: route.DestinationCidrBlock ?? "", ...fromAwsRoute(route) }));
}
