import {
  type Address,
  AllocateAddressCommand,
  AssociateAddressCommand,
  DescribeAddressesCommand,
  DisassociateAddressCommand,
  type DomainType,
  EC2Client,
  ReleaseAddressCommand,
} from "@aws-sdk/client-ec2";
import { regionalArn } from "../arn";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { foundTags, fromTagList, type Tagged } from "../tags";
import { retagEc2, tagsFor } from "./ec2-tags";
import type { HandlerContext, Properties } from "../../handler";

interface EipInputs extends Tagged {
  readonly domain?: DomainType;
  readonly instance?: string;
  readonly networkInterface?: string;
}

/** `aws:ec2/eip:Eip` */
export const eip = defineHandler<EipInputs>({
  async create(inputs, context) {
    const { AllocationId: id = "" } = await context
      .client(EC2Client)
      .send(new AllocateAddressCommand({ Domain: inputs.domain ?? "vpc", ...tagsFor("elastic-ip", inputs) }));
    return id;
  },

  complete: (id, inputs, context) => associate(id, inputs, context),

  async find(id, known, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    return {
      arn: regionalArn("ec2", `elastic-ip/${id}`, context),
      allocationId: id,
      domain: found.Domain ?? "vpc",
      networkBorderGroup: found.NetworkBorderGroup ?? context.region,
      publicIp: found.PublicIp,
      publicIpv4Pool: found.PublicIpv4Pool ?? "amazon",
      publicDns: publicDns(found.PublicIp ?? "", context.region),
      ...association(known, found),
      ...foundTags(known, fromTagList(found.Tags)),
    };
  },

  async change(id, state, inputs, context) {
    if (state.instance !== inputs.instance || state.networkInterface !== inputs.networkInterface) {
      await disassociate(id, context);
      await associate(id, inputs, context);
    }
    await retagEc2(id, state, inputs, context);
  },

  async remove(id, state, context) {
    if (state.instance ?? state.networkInterface) await disassociate(id, context);
    const command = new ReleaseAddressCommand({ AllocationId: id });
    await removeWhenFree(() => context.client(EC2Client).send(command), context, id);
  },
});

/**
 * Told only when this resource is what associates the address. A NAT gateway associates it later and by itself, and
 * that would look like drift on the first refresh.
 */
function association(known: Partial<EipInputs>, found: Address): Properties {
  if (!known.instance && !known.networkInterface) return {};
  return {
    associationId: found.AssociationId,
    instance: known.instance ? found.InstanceId : undefined,
    networkInterface: found.NetworkInterfaceId,
    privateIp: found.PrivateIpAddress,
  };
}

async function describe(id: string, context: HandlerContext): Promise<Address | undefined> {
  const command = new DescribeAddressesCommand({ AllocationIds: [id] });
  return (await orMissing(context.client(EC2Client).send(command)))?.Addresses?.[0];
}

async function associate(
  id: string,
  { instance, networkInterface }: EipInputs,
  context: HandlerContext,
): Promise<void> {
  if (!instance && !networkInterface) return;
  await context
    .client(EC2Client)
    .send(
      new AssociateAddressCommand({ AllocationId: id, InstanceId: instance, NetworkInterfaceId: networkInterface }),
    );
}

async function disassociate(id: string, context: HandlerContext): Promise<void> {
  const AssociationId = (await describe(id, context))?.AssociationId;
  if (AssociationId) await orMissing(context.client(EC2Client).send(new DisassociateAddressCommand({ AssociationId })));
}

/** The host name that AWS gives to a public address; us-east-1 has one of its own. */
function publicDns(address: string, region: string): string {
  const host = `ec2-${address.replaceAll(".", "-")}`;
  return region === "us-east-1" ? `${host}.compute-1.amazonaws.com` : `${host}.${region}.compute.amazonaws.com`;
}
