import {
  CreateSubnetCommand,
  DeleteSubnetCommand,
  DescribeSubnetsCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
} from "@aws-sdk/client-ec2";
import { regionalArn } from "../arn";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { foundTags, fromTagList, type Tagged } from "../tags";
import { retagEc2, tagsFor } from "./ec2-tags";
import type { HandlerContext } from "../../handler";

interface SubnetInputs extends Tagged {
  readonly vpcId: string;
  readonly cidrBlock?: string;
  readonly availabilityZone?: string;
  readonly availabilityZoneId?: string;
  readonly mapPublicIpOnLaunch?: boolean;
}

/** `aws:ec2/subnet:Subnet` */
export const subnet = defineHandler<SubnetInputs>({
  async create(inputs, context) {
    const { Subnet } = await context.client(EC2Client).send(
      new CreateSubnetCommand({
        VpcId: inputs.vpcId,
        CidrBlock: inputs.cidrBlock,
        AvailabilityZone: inputs.availabilityZone,
        AvailabilityZoneId: inputs.availabilityZoneId,
        ...tagsFor("subnet", inputs),
      }),
    );
    return Subnet?.SubnetId ?? "";
  },

  complete: (id, inputs, context) => setPublicIps(id, {}, inputs, context),

  async find(id, known, context) {
    const answer = await orMissing(context.client(EC2Client).send(new DescribeSubnetsCommand({ SubnetIds: [id] })));
    const found = answer?.Subnets?.[0];
    if (!found) return undefined;
    return {
      arn: regionalArn("ec2", `subnet/${id}`, context),
      vpcId: found.VpcId,
      cidrBlock: found.CidrBlock,
      availabilityZone: found.AvailabilityZone,
      availabilityZoneId: found.AvailabilityZoneId,
      mapPublicIpOnLaunch: found.MapPublicIpOnLaunch ?? false,
      assignIpv6AddressOnCreation: found.AssignIpv6AddressOnCreation ?? false,
      ownerId: found.OwnerId ?? context.account,
      privateDnsHostnameTypeOnLaunch: "ip-name",
      ...foundTags(known, fromTagList(found.Tags)),
    };
  },

  async change(id, state, inputs, context) {
    await setPublicIps(id, state, inputs, context);
    await retagEc2(id, state, inputs, context);
  },

  remove: (id, _state, context) =>
    removeWhenFree(() => context.client(EC2Client).send(new DeleteSubnetCommand({ SubnetId: id })), context, id),
});

async function setPublicIps(
  id: string,
  state: Partial<SubnetInputs>,
  inputs: SubnetInputs,
  context: HandlerContext,
): Promise<void> {
  const { mapPublicIpOnLaunch: wanted = false } = inputs;
  if (wanted === (state.mapPublicIpOnLaunch ?? false)) return;
  const command = new ModifySubnetAttributeCommand({ SubnetId: id, MapPublicIpOnLaunch: { Value: wanted } });
  await context.client(EC2Client).send(command);
}
