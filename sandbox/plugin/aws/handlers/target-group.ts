import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  type ProtocolEnum,
  type TargetGroup,
  type TargetGroupIpAddressTypeEnum,
  type TargetTypeEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { HandlerContext, Properties } from "../../handler";
import { arnResource } from "../arn";
import { attributeChanges, fromAttributes } from "../attributes";
import { removeWhenFree } from "../busy";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { orMissing } from "../missing";
import { askedFor } from "../settle";
import { foundTags, type Tagged } from "../tags";
import { elbTags, elbTagsFor, retagElb } from "./elb-tags";
import {
  flattenStickiness,
  nestStickiness,
  targetGroupAttributes,
  targetGroupStartsWith,
} from "./target-group-attributes";

interface TargetGroupInputs extends Tagged {
  readonly name: string;
  readonly port?: number;
  readonly protocol?: ProtocolEnum;
  readonly protocolVersion?: string;
  readonly vpcId?: string;
  readonly targetType?: TargetTypeEnum;
  readonly ipAddressType?: TargetGroupIpAddressTypeEnum;
  readonly healthCheck?: HealthCheck;
}

interface HealthCheck {
  readonly enabled?: boolean;
  readonly path?: string;
  readonly port?: string;
  readonly protocol?: ProtocolEnum;
  /** Seconds. */
  readonly interval?: number;
  readonly timeout?: number;
  readonly healthyThreshold?: number;
  readonly unhealthyThreshold?: number;
  readonly matcher?: string;
}

/** `aws:lb/targetGroup:TargetGroup` */
export const targetGroup = defineHandler<TargetGroupInputs>({
  async create(inputs, context) {
    const { TargetGroups = [] } = await context.client(ElasticLoadBalancingV2Client).send(
      new CreateTargetGroupCommand({
        Name: inputs.name,
        Port: inputs.port,
        Protocol: inputs.protocol,
        ProtocolVersion: inputs.protocolVersion,
        VpcId: inputs.vpcId,
        TargetType: inputs.targetType,
        IpAddressType: inputs.ipAddressType,
        ...healthCheckRequest(inputs.healthCheck),
        ...elbTagsFor(inputs),
      }),
    );
    return TargetGroups[0]?.TargetGroupArn ?? "";
  },

  complete: (id, inputs, context) => setAttributes(id, targetGroupStartsWith, inputs, context),

  async find(id, known, context) {
    const elb = context.client(ElasticLoadBalancingV2Client);
    const found = (await orMissing(elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [id] }))))
      ?.TargetGroups?.[0];
    if (!found) return undefined;
    const { Attributes } = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: id }));
    return {
      arn: id,
      arnSuffix: arnResource(id),
      name: found.TargetGroupName,
      port: found.Port,
      protocol: found.Protocol,
      protocolVersion: found.ProtocolVersion ?? known.protocolVersion,
      vpcId: found.VpcId,
      targetType: found.TargetType,
      ipAddressType: found.IpAddressType ?? "ipv4",
      healthCheck: askedFor(known.healthCheck, healthCheckOf(found)),
      ...nestStickiness(fromAttributes(targetGroupAttributes, Attributes), known),
      ...foundTags(known, await elbTags(id, context)),
    };
  },

  async change(id, state, inputs, context) {
    if (!isSame(state.healthCheck, inputs.healthCheck)) {
      const { HealthCheckEnabled, ...check } = healthCheckRequest(inputs.healthCheck);
      const command = new ModifyTargetGroupCommand({ TargetGroupArn: id, HealthCheckEnabled, ...check });
      await context.client(ElasticLoadBalancingV2Client).send(command);
    }
    await setAttributes(id, state, inputs, context);
    await retagElb(id, state, inputs, context);
  },

  remove: (id, _state, context) =>
    removeWhenFree(
      () => context.client(ElasticLoadBalancingV2Client).send(new DeleteTargetGroupCommand({ TargetGroupArn: id })),
      context,
      id,
    ),
});

function healthCheckRequest(check: HealthCheck = {}) {
  return {
    HealthCheckEnabled: check.enabled,
    HealthCheckPath: check.path,
    HealthCheckPort: check.port,
    HealthCheckProtocol: check.protocol,
    HealthCheckIntervalSeconds: check.interval,
    HealthCheckTimeoutSeconds: check.timeout,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    Matcher: check.matcher === undefined ? undefined : { HttpCode: check.matcher },
  };
}

function healthCheckOf(found: TargetGroup): HealthCheck {
  const check: Readonly<Record<keyof HealthCheck, unknown>> = {
    enabled: found.HealthCheckEnabled ?? true,
    path: found.HealthCheckPath,
    port: found.HealthCheckPort,
    protocol: found.HealthCheckProtocol,
    interval: found.HealthCheckIntervalSeconds,
    timeout: found.HealthCheckTimeoutSeconds,
    healthyThreshold: found.HealthyThresholdCount,
    unhealthyThreshold: found.UnhealthyThresholdCount,
    matcher: found.Matcher?.HttpCode,
  };
  return Object.fromEntries(Object.entries(check).filter(([, value]) => value !== undefined));
}

async function setAttributes(arn: string, before: Properties, inputs: object, context: HandlerContext): Promise<void> {
  const wanted = flattenStickiness(inputs as Properties);
  const changes = attributeChanges(targetGroupAttributes, flattenStickiness(before), wanted);
  if (changes.length === 0) return;
  const command = new ModifyTargetGroupAttributesCommand({ TargetGroupArn: arn, Attributes: changes });
  await context.client(ElasticLoadBalancingV2Client).send(command);
}
