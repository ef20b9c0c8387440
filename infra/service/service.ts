import * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import type { ServiceConfig } from "../config/schema";
import type { SlotTargetGroups } from "../load-balancer/target-groups";
import type { Names } from "../naming";
import type { ServiceRelease, Slot } from "../releases";
import { makeAutoscaling } from "./autoscaling";
import { nativeDeployment, shiftedBetween, type NativeArgs } from "./native-deployment";
import { makeRoles, type Roles } from "./roles";
import { makeShiftingRole, type ShiftingRole } from "./shifting-role";
import { planSlots, slotNames, type SlotPlan } from "./slots";
import { containerDefinitions, referencedArn, versionOf, type TaskParts } from "./task-definition";

export interface FargateServiceArgs {
  readonly names: Names;
  /** Decides which children exist. The component's name is the service's key. */
  readonly config: ServiceConfig;
  /** What each slot runs, and which one is live. */
  readonly release: ServiceRelease;
  readonly accountId: string;
  readonly region: string;
  readonly clusterArn: pulumi.Input<string>;
  readonly clusterName: pulumi.Input<string>;
  /** Tasks get no public address, so these need a way to the registry: NAT or VPC endpoints. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  /** By container; only of those behind the load balancer. @default none */
  readonly targetGroups?: Readonly<Record<string, SlotTargetGroups>>;
  /** Where ECS itself shifts the traffic; with `release.controller: ecs` only. @default the driver shifts, or nobody */
  readonly native?: NativeArgs | undefined;
  /** ARN by the name that references use: `database`, or a key of `slipway:secrets`. */
  readonly secretArns: Readonly<Record<string, pulumi.Input<string>>>;
  readonly logRetentionDays: number;
  /** It runs on Fargate Spot, or has done so. @default false */
  readonly usesSpot?: boolean;
  /** Must be there before a task can start: capacity, listeners, values of secrets. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * One service on Fargate: an ECS service for each of its slots, with logs, roles and scaling.
 *
 * **Cost**: vCPU and memory of the live slot's tasks; an idle slot runs nothing.
 */
export class FargateService extends pulumi.ComponentResource {
  /** ECS service names by slot. */
  readonly serviceNames: Readonly<Partial<Record<Slot, pulumi.Output<string>>>>;

  constructor(name: string, args: FargateServiceArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:services:FargateService", name, {}, opts);
    const { config } = args;
    const slots = planSlots(config, args.release);
    const logs = this.makeLogGroups(name, args);
    const parts = pulumi.output({ secretArns: args.secretArns, logGroups: logs.names, logGroupArns: logs.arns });
    const needs = parts.apply(({ secretArns, logGroupArns }) => ({
      images: slots.flatMap(({ images }) => Object.values(images)),
      logGroupArns,
      ...readableArns(config, { accountId: args.accountId, region: args.region, secretArns }),
    }));
    const { accountId, region } = args;
    const roles = makeRoles(
      name,
      { accountId, region, needs, executeCommand: config.executeCommand },
      { parent: this },
    );

    const shifting =
      args.native === undefined ? undefined : makeShiftingRole(name, { accountId, region }, { parent: this });

    const services = slots.map((slot) => {
      const definition = this.makeTaskDefinition(name, args, slot, roles, parts);
      return [slot.slot, this.makeService(name, args, slot, definition, roles, shifting)] as const;
    });
    for (const { slot, live } of slots) {
      const service = services.find(([made]) => made === slot)?.[1];
      if (!live || config.autoscaling === undefined || service === undefined) continue;
      const resourceId = pulumi.interpolate`service/${args.clusterName}/${service.name}`;
      makeAutoscaling(slotNames(name, slot).scaling, { config: config.autoscaling, resourceId }, { parent: this });
    }

    this.serviceNames = Object.fromEntries(services.map(([slot, service]) => [slot, service.name]));
    this.registerOutputs({ serviceNames: this.serviceNames });
  }

  /** One group for each container, or one for all of them when the naming template does not tell them apart. */
  private makeLogGroups(name: string, { names, config, logRetentionDays }: FargateServiceArgs): LogGroups {
    const perContainer = names.logGroup(name, "a") !== names.logGroup(name, "b");
    const containers = Object.keys(config.containers).sort();
    const groups = new Map<string, aws.cloudwatch.LogGroup>();
    for (const container of containers) {
      const groupName = names.logGroup(name, container);
      if (groups.has(groupName)) continue;
      groups.set(
        groupName,
        new aws.cloudwatch.LogGroup(
          perContainer ? `${name}-logs-${container}` : `${name}-logs`,
          { name: groupName, retentionInDays: logRetentionDays, tags: { Service: name } },
          { parent: this },
        ),
      );
    }
    const groupOf = (container: string): pulumi.Input<string> =>
      groups.get(names.logGroup(name, container))?.name ?? names.logGroup(name, container);
    return {
      names: Object.fromEntries(containers.map((container) => [container, groupOf(container)])),
      arns: [...groups.values()].map(({ arn }) => arn),
    };
  }

  private makeTaskDefinition(
    name: string,
    { names, config, accountId, region }: FargateServiceArgs,
    { slot, suffix, images, version = versionOf(images) }: SlotPlan,
    roles: Roles,
    parts: pulumi.Output<Pick<TaskParts, "secretArns" | "logGroups">>,
  ): aws.ecs.TaskDefinition {
    return new aws.ecs.TaskDefinition(
      slotNames(name, slot).task,
      {
        family: names.family(name, slot),
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        cpu: String(config.cpu),
        memory: String(config.memory),
        executionRoleArn: roles.executionRoleArn,
        taskRoleArn: roles.taskRoleArn,
        containerDefinitions: parts.apply(({ secretArns, logGroups }) => {
          const { containers } = config;
          const logPrefix = `${name}${suffix}`;
          return JSON.stringify(
            containerDefinitions({ containers, images, region, accountId, secretArns, logGroups, logPrefix }),
          );
        }),
        // A rollback points the service back at an older revision, so none is deregistered.
        skipDestroy: true,
        tags: { Service: name, Version: version },
      },
      { parent: this },
    );
  }

  private makeService(
    name: string,
    args: FargateServiceArgs,
    { slot, desiredCount, ignoresDesiredCount }: SlotPlan,
    taskDefinition: aws.ecs.TaskDefinition,
    roles: Roles,
    shifting: ShiftingRole | undefined,
  ): aws.ecs.Service {
    const { config } = args;
    const loadBalancers = Object.entries(args.targetGroups ?? {}).flatMap(([containerName, groups]) => {
      const [group, containerPort] = [groups[slot], config.containers[containerName]?.port];
      return group === undefined || containerPort === undefined
        ? []
        : [
            {
              targetGroupArn: group.arn,
              containerName,
              containerPort,
              ...shiftedBetween(groups, args.native?.rules[containerName], shifting?.arn),
            },
          ];
    });
    const { maximumPercent, minimumHealthyPercent, circuitBreaker, rollback } = config.deployment;
    return new aws.ecs.Service(
      slotNames(name, slot).service,
      {
        name: args.names.service(name, slot),
        cluster: args.clusterArn,
        taskDefinition: taskDefinition.arn,
        desiredCount,
        capacityProviderStrategies: [{ capacityProvider: config.spot ? "FARGATE_SPOT" : "FARGATE", weight: 1 }],
        // AWS moves a running service to other capacity by a new deployment only, and the provider refuses the change
        // without this. With it every update starts fresh tasks, another count too, so no other service gets it.
        ...(args.usesSpot === true ? { forceNewDeployment: true } : {}),
        deploymentMaximumPercent: maximumPercent,
        deploymentMinimumHealthyPercent: minimumHealthyPercent,
        deploymentCircuitBreaker: { enable: circuitBreaker, rollback: circuitBreaker && rollback },
        ...nativeDeployment(config, args.native),
        networkConfiguration: {
          subnets: args.subnetIds,
          securityGroups: [args.securityGroupId],
          assignPublicIp: false,
        },
        // ECS refuses a grace period where no load balancer checks the tasks.
        ...(loadBalancers.length === 0
          ? {}
          : { loadBalancers, healthCheckGracePeriodSeconds: config.gracePeriodSeconds }),
        enableExecuteCommand: config.executeCommand,
        enableEcsManagedTags: true,
        propagateTags: "TASK_DEFINITION",
        // Images and secrets may come later, and waiting belongs to the driver, which can say what it waits for.
        waitForSteadyState: false,
        tags: { Service: name },
      },
      {
        parent: this,
        dependsOn: [...args.after, ...roles.policies, ...(shifting?.policies ?? [])],
        ignoreChanges: ignoresDesiredCount ? ["desiredCount"] : [],
      },
    );
  }
}

interface LogGroups {
  readonly names: Readonly<Record<string, pulumi.Input<string>>>;
  readonly arns: readonly pulumi.Output<string>[];
}

/** ARNs of the secrets and parameters that a service's containers refer to. */
function readableArns(
  { containers }: ServiceConfig,
  place: Pick<TaskParts, "accountId" | "region" | "secretArns">,
): { secretArns: string[]; parameterArns: string[] } {
  const references = Object.values(containers).flatMap(({ secrets }) => Object.values(secrets));
  const arnsOf = (kind: "secret" | "parameter"): string[] =>
    references.filter((reference) => kind in reference).map((reference) => referencedArn(reference, place));
  return { secretArns: arnsOf("secret"), parameterArns: arnsOf("parameter") };
}
