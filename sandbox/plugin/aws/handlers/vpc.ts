import {
  CreateVpcCommand,
  DeleteVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
  ModifyVpcTenancyCommand,
  type Tenancy,
  type VpcAttributeName,
} from "@aws-sdk/client-ec2";
import type { HandlerContext, Properties } from "../../handler";
import { regionalArn } from "../arn";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { foundTags, fromTagList, type Tagged } from "../tags";
import { retagEc2, tagsFor } from "./ec2-tags";

interface VpcInputs extends Tagged {
  readonly cidrBlock?: string;
  readonly instanceTenancy?: Tenancy;
  readonly enableDnsSupport?: boolean;
  readonly enableDnsHostnames?: boolean;
}

/** `aws:ec2/vpc:Vpc` */
export const vpc = defineHandler<VpcInputs>({
  async create(inputs, context) {
    const { Vpc } = await context.client(EC2Client).send(
      new CreateVpcCommand({
        CidrBlock: inputs.cidrBlock,
        InstanceTenancy: inputs.instanceTenancy,
        ...tagsFor("vpc", inputs),
      }),
    );
    return Vpc?.VpcId ?? "";
  },

  complete: (id, inputs, context) => setDns(id, {}, inputs, context),

  async find(id, known, context) {
    const ec2 = context.client(EC2Client);
    const answer = await orMissing(ec2.send(new DescribeVpcsCommand({ VpcIds: [id] })));
    const found = answer?.Vpcs?.[0];
    if (!found) return undefined;
    const attribute = async (Attribute: VpcAttributeName) =>
      ec2.send(new DescribeVpcAttributeCommand({ VpcId: id, Attribute }));
    const [support, hostnames, defaults] = await Promise.all([
      attribute("enableDnsSupport"),
      attribute("enableDnsHostnames"),
      defaultsOf(id, ec2),
    ]);
    return {
      arn: regionalArn("ec2", `vpc/${id}`, context),
      cidrBlock: found.CidrBlock,
      instanceTenancy: found.InstanceTenancy,
      dhcpOptionsId: found.DhcpOptionsId,
      ownerId: found.OwnerId ?? context.account,
      enableDnsSupport: support.EnableDnsSupport?.Value ?? true,
      enableDnsHostnames: hostnames.EnableDnsHostnames?.Value ?? false,
      enableNetworkAddressUsageMetrics: false,
      assignGeneratedIpv6CidrBlock: false,
      ...defaults,
      ...foundTags(known, fromTagList(found.Tags)),
    };
  },

  async change(id, state, inputs, context) {
    await setDns(id, state, inputs, context);
    if (state.instanceTenancy === "dedicated" && inputs.instanceTenancy === "default") {
      await context.client(EC2Client).send(new ModifyVpcTenancyCommand({ VpcId: id, InstanceTenancy: "default" }));
    }
    await retagEc2(id, state, inputs, context);
  },

  remove: (id, _state, context) =>
    removeWhenFree(() => context.client(EC2Client).send(new DeleteVpcCommand({ VpcId: id })), context, id),
});

/** AWS takes one attribute a call. A new VPC has DNS support and no DNS host names. */
async function setDns(id: string, state: VpcInputs, inputs: VpcInputs, context: HandlerContext): Promise<void> {
  const ec2 = context.client(EC2Client);
  const { enableDnsSupport = true, enableDnsHostnames = false } = inputs;
  if (enableDnsSupport !== (state.enableDnsSupport ?? true)) {
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId: id, EnableDnsSupport: { Value: enableDnsSupport } }));
  }
  if (enableDnsHostnames !== (state.enableDnsHostnames ?? false)) {
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId: id, EnableDnsHostnames: { Value: enableDnsHostnames } }));
  }
}

/** What AWS makes along with every VPC. */
async function defaultsOf(id: string, ec2: EC2Client): Promise<Properties> {
  const inVpc = { Name: "vpc-id", Values: [id] };
  const [tables, groups, acls] = await Promise.all([
    ec2.send(new DescribeRouteTablesCommand({ Filters: [inVpc, { Name: "association.main", Values: ["true"] }] })),
    ec2.send(new DescribeSecurityGroupsCommand({ Filters: [inVpc, { Name: "group-name", Values: ["default"] }] })),
    ec2.send(new DescribeNetworkAclsCommand({ Filters: [inVpc, { Name: "default", Values: ["true"] }] })),
  ]);
  const mainRouteTableId = tables.RouteTables?.[0]?.RouteTableId;
  return {
    mainRouteTableId,
    defaultRouteTableId: mainRouteTableId,
    defaultSecurityGroupId: groups.SecurityGroups?.[0]?.GroupId,
    defaultNetworkAclId: acls.NetworkAcls?.[0]?.NetworkAclId,
  };
}
