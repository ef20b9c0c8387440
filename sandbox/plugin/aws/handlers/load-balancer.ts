import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  type IpAddressType,
  type LoadBalancer,
  type LoadBalancerTypeEnum,
  ModifyLoadBalancerAttributesCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { HandlerContext, Properties } from "../../handler";
import { arnResource } from "../arn";
import { attributeChanges, fromAttributes } from "../attributes";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { foundTags, type Tagged } from "../tags";
import { elbTags, elbTagsFor, retagElb } from "./elb-tags";
import { flattenLogs, loadBalancerAttributes, loadBalancerStartsWith, nestLogs } from "./load-balancer-attributes";

/** A load balancer takes two to four minutes to become active. */
const settlesWithinSeconds = 600;

interface LoadBalancerInputs extends Tagged {
  readonly name: string;
  readonly internal?: boolean;
  readonly loadBalancerType?: LoadBalancerTypeEnum;
  readonly securityGroups?: readonly string[];
  readonly subnets?: readonly string[];
  readonly ipAddressType?: IpAddressType;
}

/** `aws:lb/loadBalancer:LoadBalancer` */
export const loadBalancer = defineHandler<LoadBalancerInputs>({
  async create(inputs, context) {
    const { LoadBalancers = [] } = await context.client(ElasticLoadBalancingV2Client).send(
      new CreateLoadBalancerCommand({
        Name: inputs.name,
        Type: inputs.loadBalancerType,
        Scheme: inputs.internal ? "internal" : "internet-facing",
        Subnets: inputs.subnets && [...inputs.subnets],
        SecurityGroups: inputs.securityGroups && [...inputs.securityGroups],
        IpAddressType: inputs.ipAddressType,
        ...elbTagsFor(inputs),
      }),
    );
    return LoadBalancers[0]?.LoadBalancerArn ?? "";
  },

  async complete(id, inputs, context) {
    await context.until(() => whenActive(id, context), settlesWithinSeconds, `${inputs.name} to be active`);
    await setAttributes(id, loadBalancerStartsWith, inputs, context);
  },

  async find(id, known, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const { Attributes } = await context
      .client(ElasticLoadBalancingV2Client)
      .send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: id }));
    const subnets = (found.AvailabilityZones ?? []).map(({ SubnetId }) => SubnetId ?? "");
    return {
      arn: id,
      arnSuffix: arnResource(id).replace(/^loadbalancer\//, ""),
      name: found.LoadBalancerName,
      internal: found.Scheme === "internal",
      loadBalancerType: found.Type,
      ipAddressType: found.IpAddressType,
      dnsName: found.DNSName,
      zoneId: found.CanonicalHostedZoneId,
      vpcId: found.VpcId,
      securityGroups: found.SecurityGroups ?? [],
      subnets,
      subnetMappings: subnets.map((subnetId) => ({ subnetId })),
      ...nestLogs(fromAttributes(loadBalancerAttributes, Attributes), known),
      ...foundTags(known, await elbTags(id, context)),
    };
  },

  async change(id, state, inputs, context) {
    const elb = context.client(ElasticLoadBalancingV2Client);
    if (!isSame(state.subnets, inputs.subnets) && inputs.subnets) {
      await elb.send(new SetSubnetsCommand({ LoadBalancerArn: id, Subnets: [...inputs.subnets] }));
    }
    if (!isSame(state.securityGroups, inputs.securityGroups) && inputs.securityGroups) {
      await elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn: id, SecurityGroups: [...inputs.securityGroups] }));
    }
    await setAttributes(id, state, inputs, context);
    await retagElb(id, state, inputs, context);
  },

  async remove(id, _state, context) {
    const command = new DeleteLoadBalancerCommand({ LoadBalancerArn: id });
    await removeWhenFree(() => context.client(ElasticLoadBalancingV2Client).send(command), context, id);
    const gone = async (): Promise<true | undefined> => ((await describe(id, context)) ? undefined : true);
    await context.until(gone, settlesWithinSeconds, `${id} to be deleted`);
  },
});

async function describe(arn: string, context: HandlerContext): Promise<LoadBalancer | undefined> {
  const command = new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] });
  return (await orMissing(context.client(ElasticLoadBalancingV2Client).send(command)))?.LoadBalancers?.[0];
}

async function whenActive(arn: string, context: HandlerContext): Promise<true | undefined> {
  const state = (await describe(arn, context))?.State;
  if (state?.Code === "failed") throw new Error(`${arn}: ${state.Reason ?? "provisioning failed"}`);
  return state?.Code === "active" ? true : undefined;
}

async function setAttributes(arn: string, before: Properties, inputs: object, context: HandlerContext): Promise<void> {
  const changes = attributeChanges(loadBalancerAttributes, flattenLogs(before), flattenLogs(inputs as Properties));
  if (changes.length === 0) return;
  const command = new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: arn, Attributes: changes });
  await context.client(ElasticLoadBalancingV2Client).send(command);
}
