import {
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribePrefixListsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  ModifyVpcEndpointCommand,
  type VpcEndpoint,
  type VpcEndpointType,
} from "@aws-sdk/client-ec2";
import type { HandlerContext, Properties } from "../../handler";
import { regionalArn } from "../arn";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { foundTags, fromTagList, type Tagged } from "../tags";
import { retagEc2, tagsFor } from "./ec2-tags";

/** Interface endpoints take minutes to come and go. */
const settlesWithinSeconds = 600;

interface VpcEndpointInputs extends Tagged {
  readonly vpcId: string;
  readonly serviceName: string;
  readonly vpcEndpointType?: VpcEndpointType;
  readonly routeTableIds?: readonly string[];
  readonly subnetIds?: readonly string[];
  readonly securityGroupIds?: readonly string[];
  readonly privateDnsEnabled?: boolean;
  readonly policy?: string;
}

/** `aws:ec2/vpcEndpoint:VpcEndpoint` */
export const vpcEndpoint = defineHandler<VpcEndpointInputs>({
  async create(inputs, context) {
    const { VpcEndpoint: made } = await context.client(EC2Client).send(
      new CreateVpcEndpointCommand({
        VpcId: inputs.vpcId,
        ServiceName: inputs.serviceName,
        VpcEndpointType: inputs.vpcEndpointType,
        PolicyDocument: inputs.policy,
        PrivateDnsEnabled: inputs.privateDnsEnabled,
        RouteTableIds: listed(inputs.routeTableIds),
        SubnetIds: listed(inputs.subnetIds),
        SecurityGroupIds: listed(inputs.securityGroupIds),
        ...tagsFor("vpc-endpoint", inputs),
      }),
    );
    return made?.VpcEndpointId ?? "";
  },

  async complete(id, _inputs, context) {
    const up = async (): Promise<true | undefined> => (isUp(await describe(id, context)) ? true : undefined);
    await context.until(up, settlesWithinSeconds, `${id} to be available`);
  },

  async find(id, known, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    return {
      arn: regionalArn("ec2", `vpc-endpoint/${id}`, context),
      vpcId: found.VpcId,
      serviceName: found.ServiceName,
      vpcEndpointType: found.VpcEndpointType ?? "Gateway",
      ownerId: found.OwnerId ?? context.account,
      state: found.State?.toLowerCase() ?? "available",
      requesterManaged: found.RequesterManaged ?? false,
      privateDnsEnabled: found.PrivateDnsEnabled ?? false,
      // Without a policy of ours AWS puts one that allows everything.
      ...(known.policy ? { policy: found.PolicyDocument } : {}),
      routeTableIds: found.RouteTableIds ?? [],
      subnetIds: found.SubnetIds ?? [],
      securityGroupIds: (found.Groups ?? []).map(({ GroupId }) => GroupId ?? ""),
      networkInterfaceIds: found.NetworkInterfaceIds ?? [],
      dnsEntries: (found.DnsEntries ?? []).map(({ DnsName, HostedZoneId }) => ({
        dnsName: DnsName,
        hostedZoneId: HostedZoneId,
      })),
      ...(await prefixList(found, context)),
      ...foundTags(known, fromTagList(found.Tags)),
    };
  },

  async change(id, state, inputs, context) {
    const tables = moved(state.routeTableIds, inputs.routeTableIds);
    const subnets = moved(state.subnetIds, inputs.subnetIds);
    const groups = moved(state.securityGroupIds, inputs.securityGroupIds ?? state.securityGroupIds);
    const command = new ModifyVpcEndpointCommand({
      VpcEndpointId: id,
      AddRouteTableIds: tables.added,
      RemoveRouteTableIds: tables.removed,
      AddSubnetIds: subnets.added,
      RemoveSubnetIds: subnets.removed,
      AddSecurityGroupIds: groups.added,
      RemoveSecurityGroupIds: groups.removed,
      ...(isSame(state.policy, inputs.policy)
        ? {}
        : inputs.policy
          ? { PolicyDocument: inputs.policy }
          : { ResetPolicy: true }),
      ...(state.privateDnsEnabled === inputs.privateDnsEnabled
        ? {}
        : { PrivateDnsEnabled: inputs.privateDnsEnabled ?? false }),
    });
    const changes = Object.values(command.input).filter((value) => value !== undefined);
    if (changes.length > 1) await context.client(EC2Client).send(command);
    await retagEc2(id, state, inputs, context);
  },

  async remove(id, _state, context) {
    await orMissing(context.client(EC2Client).send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] })));
    const gone = async (): Promise<true | undefined> => ((await describe(id, context)) ? undefined : true);
    await context.until(gone, settlesWithinSeconds, `${id} to be deleted`);
  },
});

async function describe(id: string, context: HandlerContext): Promise<VpcEndpoint | undefined> {
  const command = new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] });
  const found = (await orMissing(context.client(EC2Client).send(command)))?.VpcEndpoints?.[0];
  return found?.State?.toLowerCase() === "deleted" ? undefined : found;
}

const isUp = (endpoint: VpcEndpoint | undefined): boolean =>
  ["available", "pendingacceptance"].includes(endpoint?.State?.toLowerCase() ?? "");

const listed = (ids: readonly string[] | undefined): string[] | undefined => (ids?.length ? [...ids] : undefined);

function moved(before: readonly string[] = [], after: readonly string[] = []) {
  return {
    added: listed(after.filter((id) => !before.includes(id))),
    removed: listed(before.filter((id) => !after.includes(id))),
  };
}

/** A gateway endpoint is reached through the addresses of its service's prefix list. */
async function prefixList(
  { VpcEndpointType: type, ServiceName }: VpcEndpoint,
  context: HandlerContext,
): Promise<Properties> {
  if (type !== "Gateway" || !ServiceName) return {};
  const filter = { Name: "prefix-list-name", Values: [ServiceName] };
  const { PrefixLists = [] } = await context
    .client(EC2Client)
    .send(new DescribePrefixListsCommand({ Filters: [filter] }));
  return { prefixListId: PrefixLists[0]?.PrefixListId, cidrBlocks: PrefixLists[0]?.Cidrs ?? [] };
}
