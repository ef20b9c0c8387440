import {
  type ConnectivityType,
  CreateNatGatewayCommand,
  DeleteNatGatewayCommand,
  DescribeNatGatewaysCommand,
  EC2Client,
  type NatGateway,
} from "@aws-sdk/client-ec2";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { foundTags, fromTagList, type Tagged } from "../tags";
import { retagEc2, tagsFor } from "./ec2-tags";
import type { HandlerContext } from "../../handler";

/** A NAT gateway takes one to three minutes to come up, and as long to go. */
const settlesWithinSeconds = 600;

interface NatGatewayInputs extends Tagged {
  readonly subnetId: string;
  readonly allocationId?: string;
  readonly connectivityType?: ConnectivityType;
  readonly privateIp?: string;
}

/** `aws:ec2/natGateway:NatGateway` */
export const natGateway = defineHandler<NatGatewayInputs>({
  async create(inputs, context) {
    const { NatGateway: made } = await context.client(EC2Client).send(
      new CreateNatGatewayCommand({
        SubnetId: inputs.subnetId,
        AllocationId: inputs.allocationId,
        ConnectivityType: inputs.connectivityType,
        PrivateIpAddress: inputs.privateIp,
        ...tagsFor("natgateway", inputs),
      }),
    );
    return made?.NatGatewayId ?? "";
  },

  async complete(id, _inputs, context) {
    await context.until(() => whenUp(id, context), settlesWithinSeconds, `${id} to be available`);
  },

  async find(id, known, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const address = found.NatGatewayAddresses?.[0];
    return {
      subnetId: found.SubnetId,
      vpcId: found.VpcId,
      connectivityType: found.ConnectivityType ?? "public",
      allocationId: address?.AllocationId,
      associationId: address?.AssociationId,
      networkInterfaceId: address?.NetworkInterfaceId,
      privateIp: address?.PrivateIp,
      publicIp: address?.PublicIp,
      ...foundTags(known, fromTagList(found.Tags)),
    };
  },

  change: (id, state, inputs, context) => retagEc2(id, state, inputs, context),

  async remove(id, _state, context) {
    const command = new DeleteNatGatewayCommand({ NatGatewayId: id });
    await removeWhenFree(() => context.client(EC2Client).send(command), context, id);
    const gone = async (): Promise<true | undefined> => ((await describe(id, context)) ? undefined : true);
    await context.until(gone, settlesWithinSeconds, `${id} to be deleted`);
  },
});

/** A deleted gateway stays visible for an hour. */
async function describe(id: string, context: HandlerContext): Promise<NatGateway | undefined> {
  const command = new DescribeNatGatewaysCommand({ NatGatewayIds: [id] });
  const found = (await orMissing(context.client(EC2Client).send(command)))?.NatGateways?.[0];
  return found?.State === "deleted" ? undefined : found;
}

async function whenUp(id: string, context: HandlerContext): Promise<true | undefined> {
  const found = await describe(id, context);
  if (found?.State === "failed") throw new Error(`${found.FailureCode}: ${found.FailureMessage}`);
  return found?.State === "available" ? true : undefined;
}
