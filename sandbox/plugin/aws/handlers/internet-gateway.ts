import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  DeleteInternetGatewayCommand,
  DescribeInternetGatewaysCommand,
  DetachInternetGatewayCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { regionalArn } from "../arn";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { foundTags, fromTagList, type Tagged } from "../tags";
import { retagEc2, tagsFor } from "./ec2-tags";
import type { HandlerContext } from "../../handler";

interface InternetGatewayInputs extends Tagged {
  readonly vpcId?: string;
}

/** `aws:ec2/internetGateway:InternetGateway` */
export const internetGateway = defineHandler<InternetGatewayInputs>({
  async create(inputs, context) {
    const ec2 = context.client(EC2Client);
    const { InternetGateway } = await ec2.send(
      new CreateInternetGatewayCommand({ ...tagsFor("internet-gateway", inputs) }),
    );
    return InternetGateway?.InternetGatewayId ?? "";
  },

  complete: (id, inputs, context) => attach(id, inputs.vpcId, context),

  async find(id, known, context) {
    const command = new DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] });
    const found = (await orMissing(context.client(EC2Client).send(command)))?.InternetGateways?.[0];
    if (!found) return undefined;
    return {
      arn: regionalArn("ec2", `internet-gateway/${id}`, context),
      ownerId: found.OwnerId ?? context.account,
      vpcId: found.Attachments?.[0]?.VpcId,
      ...foundTags(known, fromTagList(found.Tags)),
    };
  },

  async change(id, state, inputs, context) {
    if (state.vpcId !== inputs.vpcId) {
      await detach(id, state.vpcId, context);
      await attach(id, inputs.vpcId, context);
    }
    await retagEc2(id, state, inputs, context);
  },

  async remove(id, state, context) {
    await detach(id, state.vpcId, context);
    const command = new DeleteInternetGatewayCommand({ InternetGatewayId: id });
    await removeWhenFree(() => context.client(EC2Client).send(command), context, id);
  },
});

async function attach(id: string, vpcId: string | undefined, context: HandlerContext): Promise<void> {
  if (!vpcId) return;
  await context.client(EC2Client).send(new AttachInternetGatewayCommand({ InternetGatewayId: id, VpcId: vpcId }));
}

/** AWS refuses it while public addresses of the VPC are still mapped. */
async function detach(id: string, vpcId: string | undefined, context: HandlerContext): Promise<void> {
  if (!vpcId) return;
  const command = new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId: vpcId });
  await removeWhenFree(() => context.client(EC2Client).send(command), context, id);
}
