import { z } from "zod";
import type { Input } from "../../model/service-api";
import { faults } from "./faults";

const tag = z.looseObject({ key: z.string(), value: z.string().default("") });

const loadBalancer = z.looseObject({
  targetGroupArn: z.string().optional(),
  loadBalancerName: z.string().optional(),
  containerName: z.string().optional(),
  containerPort: z.int().optional(),
  advancedConfiguration: z
    .looseObject({
      alternateTargetGroupArn: z.string().optional(),
      productionListenerRule: z.string().optional(),
      testListenerRule: z.string().optional(),
      roleArn: z.string().optional(),
    })
    .optional(),
});

const provider = z.object({
  capacityProvider: z.string(),
  weight: z.int().min(0).max(1000).default(0),
  base: z.int().min(0).max(100_000).default(0),
});

const hook = z.looseObject({
  targetType: z.enum(["AWS_LAMBDA", "PAUSE"]).optional(),
  hookTargetArn: z.string().optional(),
  roleArn: z.string().optional(),
  lifecycleStages: z.array(z.string()).optional(),
  hookDetails: z.unknown().optional(),
  timeoutConfiguration: z
    .looseObject({ timeoutInMinutes: z.int().optional(), action: z.enum(["ROLLBACK", "CONTINUE"]).optional() })
    .optional(),
});

const deploymentConfiguration = z.looseObject({
  strategy: z.enum(["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"]).optional(),
  maximumPercent: z.int().min(0).optional(),
  minimumHealthyPercent: z.int().min(0).optional(),
  bakeTimeInMinutes: z.int().optional(),
  deploymentCircuitBreaker: z
    .looseObject({
      enable: z.boolean(),
      rollback: z.boolean(),
      resetOnHealthyTask: z.boolean().optional(),
      thresholdConfiguration: z
        .looseObject({ type: z.enum(["COUNT", "BOUNDED_PERCENT", "UNBOUNDED_PERCENT"]), value: z.int().min(1) })
        .optional(),
    })
    .optional(),
  alarms: z.looseObject({ alarmNames: z.array(z.string()), enable: z.boolean(), rollback: z.boolean() }).optional(),
  lifecycleHooks: z.array(hook).optional(),
  linearConfiguration: z
    .looseObject({ stepPercent: z.number().optional(), stepBakeTimeInMinutes: z.number().optional() })
    .optional(),
  canaryConfiguration: z
    .looseObject({ canaryPercent: z.number().optional(), canaryBakeTimeInMinutes: z.number().optional() })
    .optional(),
  earlySuccessCriteria: z
    .looseObject({
      enable: z.boolean(),
      healthyPercent: z.int().min(0).max(100).optional(),
      sourceServiceRevisionCleanup: z.enum(["BLOCKING", "DEFERRED"]).optional(),
    })
    .optional(),
});

/** What CreateService and UpdateService share. */
const settings = z.object({
  cluster: z.string().optional(),
  taskDefinition: z.string().optional(),
  desiredCount: z.int().min(0).optional(),
  deploymentConfiguration: deploymentConfiguration.optional(),
  deploymentController: z.looseObject({ type: z.enum(["ECS", "CODE_DEPLOY", "EXTERNAL"]) }).optional(),
  networkConfiguration: z
    .looseObject({
      awsvpcConfiguration: z
        .looseObject({
          subnets: z.array(z.string()).default([]),
          securityGroups: z.array(z.string()).optional(),
          assignPublicIp: z.enum(["ENABLED", "DISABLED"]).optional(),
        })
        .optional(),
    })
    .optional(),
  capacityProviderStrategy: z.array(provider).max(20).optional(),
  platformVersion: z.string().optional(),
  healthCheckGracePeriodSeconds: z.int().min(0).max(2_147_483_647).optional(),
  loadBalancers: z.array(loadBalancer).optional(),
  serviceRegistries: z.array(z.looseObject({})).optional(),
  enableExecuteCommand: z.boolean().optional(),
  enableECSManagedTags: z.boolean().optional(),
  propagateTags: z.enum(["TASK_DEFINITION", "SERVICE", "NONE", ""]).optional(),
  availabilityZoneRebalancing: z.enum(["ENABLED", "DISABLED"]).optional(),
  placementConstraints: z.array(z.looseObject({})).optional(),
  placementStrategy: z.array(z.looseObject({})).optional(),
  serviceConnectConfiguration: z.looseObject({}).optional(),
  volumeConfigurations: z.array(z.looseObject({})).optional(),
  vpcLatticeConfigurations: z.array(z.looseObject({})).optional(),
});

/** Members of each operation, with the ranges of the API reference. Other members are dropped. */
export const inputs = {
  createService: z.object({
    ...settings.shape,
    serviceName: z.string(),
    clientToken: z.string().max(36).optional(),
    launchType: z.enum(["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]).optional(),
    schedulingStrategy: z.enum(["REPLICA", "DAEMON"]).optional(),
    role: z.string().optional(),
    tags: z.array(tag).optional(),
  }),
  updateService: z.object({ ...settings.shape, service: z.string(), forceNewDeployment: z.boolean().optional() }),
  deleteService: z.object({
    cluster: z.string().optional(),
    service: z.string(),
    force: z.boolean().optional(),
  }),
  describeServices: z.object({
    cluster: z.string().optional(),
    services: z.array(z.string()),
    include: z.array(z.enum(["TAGS"])).optional(),
  }),
  listServices: z.object({
    cluster: z.string().optional(),
    nextToken: z.string().optional(),
    maxResults: z.int().min(1).max(100).optional(),
    launchType: z.string().optional(),
    schedulingStrategy: z.string().optional(),
    resourceManagementType: z.string().optional(),
  }),
  tagResource: z.object({ resourceArn: z.string(), tags: z.array(tag) }),
  untagResource: z.object({ resourceArn: z.string(), tagKeys: z.array(z.string()) }),
  listTags: z.object({ resourceArn: z.string() }),
} as const;

export type CreateInput = z.infer<typeof inputs.createService>;
export type UpdateInput = z.infer<typeof inputs.updateService>;
export type SettingsInput = z.infer<typeof settings>;

/**
 * Checks the members of a request. Null counts as absent, as with AWS.
 *
 * @throws AwsFault `SerializationException` for a wrong type, `InvalidParameterException` for a wrong value
 */
export function parse<T>(schema: z.ZodType<T>, input: Input): T {
  const result = schema.safeParse(withoutNull(input));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join(".") ?? "";
  if (issue?.code === "invalid_type") throw faults.serialization(`${where}: ${issue.message}`);
  throw faults.invalid(`Invalid value for ${where}. ${issue?.message ?? ""}`);
}

function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNull(member)]),
  );
}
