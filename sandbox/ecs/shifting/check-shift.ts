import { AwsFault } from "../../model/aws-fault";
import type { LifecycleStage } from "./model";
import type { HookInput, ShiftConfiguration } from "./shift-plan";
import { stages } from "./stages";

/** Load balancer of a service as the API has it; nothing in it is sure. */
export interface LoadBalancerInput {
  readonly targetGroupArn?: string | undefined;
  readonly loadBalancerName?: string | undefined;
  readonly advancedConfiguration?:
    | {
        readonly alternateTargetGroupArn?: string | undefined;
        readonly productionListenerRule?: string | undefined;
        readonly testListenerRule?: string | undefined;
        readonly roleArn?: string | undefined;
      }
    | undefined;
}

/**
 * Refuses what CreateService and UpdateService refuse of a strategy and its load balancers. The wording is that of
 * "Troubleshooting Amazon ECS blue/green deployments" where the page has it.
 *
 * @throws AwsFault `InvalidParameterException`
 */
export function checkShift(
  configuration: ShiftConfiguration,
  loadBalancers: readonly LoadBalancerInput[],
  controller = "ECS",
): void {
  const problem = [
    ...ofStrategy(configuration, controller),
    ...ofHooks(configuration),
    ...ofGroups(loadBalancers),
  ].concat(
    configuration.strategy === undefined || configuration.strategy === "ROLLING" ? [] : ofShifted(loadBalancers),
  )[0];
  if (problem !== undefined) throw new AwsFault("InvalidParameterException", problem);
}

const strategies = ["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"];

/** From "DeploymentConfiguration", "LinearConfiguration" and "CanaryConfiguration" in the API reference. */
const limits = {
  bake: { min: 0, max: 1440 },
  stepPercent: { min: 3, max: 100 },
  canaryPercent: { min: 0.1, max: 100 },
  hookTimeout: { min: 1, max: 20_160 },
} as const;

function ofStrategy(configuration: ShiftConfiguration, controller: string): string[] {
  const { strategy, bakeTimeInMinutes, linearConfiguration, canaryConfiguration } = configuration;
  if (strategy !== undefined && !strategies.includes(strategy)) return [`Invalid deployment strategy: ${strategy}.`];
  if (strategy !== undefined && strategy !== "ROLLING" && controller !== "ECS")
    return [`The ${strategy} deployment strategy requires the ECS deployment controller.`];
  return [
    ...(strategy === "BLUE_GREEN" && bakeTimeInMinutes === undefined
      ? ["bakeTimeInMinutes is required when using the BLUE_GREEN deployment strategy."]
      : []),
    ...whole("bakeTimeInMinutes", bakeTimeInMinutes, limits.bake),
    // An update that names no strategy keeps the one that there is.
    ...(linearConfiguration !== undefined && strategy !== undefined && strategy !== "LINEAR"
      ? ["linearConfiguration is only valid when the deployment strategy is LINEAR."]
      : []),
    ...(canaryConfiguration !== undefined && strategy !== undefined && strategy !== "CANARY"
      ? ["canaryConfiguration is only valid when the deployment strategy is CANARY."]
      : []),
    ...tenths("stepPercent", linearConfiguration?.stepPercent, limits.stepPercent),
    ...whole("stepBakeTimeInMinutes", linearConfiguration?.stepBakeTimeInMinutes, limits.bake),
    ...tenths("canaryPercent", canaryConfiguration?.canaryPercent, limits.canaryPercent),
    ...whole("canaryBakeTimeInMinutes", canaryConfiguration?.canaryBakeTimeInMinutes, limits.bake),
  ];
}

interface Range {
  readonly min: number;
  readonly max: number;
}

function whole(name: string, value: unknown, { min, max }: Range): string[] {
  if (value === undefined) return [];
  const isFine = typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
  return isFine ? [] : [`${name} must be between ${min} and ${max}.`];
}

function tenths(name: string, value: unknown, { min, max }: Range): string[] {
  if (value === undefined) return [];
  const isFine =
    typeof value === "number" && Math.abs(value * 10 - Math.round(value * 10)) < 1e-9 && value >= min && value <= max;
  return isFine ? [] : [`${name} must be a multiple of 0.1 between ${min.toFixed(1)} and ${max.toFixed(1)}.`];
}

const ofHooks = ({ lifecycleHooks = [] }: ShiftConfiguration): string[] => lifecycleHooks.flatMap(ofHook);

function ofHook({
  targetType = "AWS_LAMBDA",
  hookTargetArn,
  roleArn,
  lifecycleStages,
  timeoutConfiguration,
}: HookInput) {
  if (targetType !== "AWS_LAMBDA" && targetType !== "PAUSE")
    return ["Invalid targetType. Valid values are: AWS_LAMBDA, PAUSE"];
  if (!lifecycleStages?.length) return ["lifecycleStages is required for a deployment lifecycle hook."];
  const unknown = lifecycleStages.find((stage) => kindsAt(stage).length === 0);
  if (unknown !== undefined) return [`Invalid lifecycle stage: ${unknown}.`];
  if (!lifecycleStages.every((stage) => kindsAt(stage).includes(targetType)))
    return ["Invalid lifecycle stage provided for Pause Hook"];
  if (targetType === "AWS_LAMBDA" && (!hookTargetArn || !roleArn))
    return ["hookTargetArn and roleArn are required for an AWS_LAMBDA lifecycle hook."];
  const { timeoutInMinutes, action } = timeoutConfiguration ?? {};
  return [
    ...whole("timeoutInMinutes", timeoutInMinutes, limits.hookTimeout),
    ...(action === undefined || action === "ROLLBACK" || action === "CONTINUE"
      ? []
      : ["Invalid action. Valid values are: ROLLBACK, CONTINUE"]),
  ];
}

const kindsAt = (stage: string): readonly string[] =>
  Object.hasOwn(stages, stage) ? stages[stage as LifecycleStage].hooks : [];

/** Also said of services that roll. */
function ofGroups(loadBalancers: readonly LoadBalancerInput[]): string[] {
  const advanced = loadBalancers.filter(({ advancedConfiguration }) => advancedConfiguration);
  const groups = loadBalancers.flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
  const twice = groups.find((group, index) => groups.indexOf(group) !== index);
  return [
    ...(advanced.some(({ loadBalancerName }) => loadBalancerName)
      ? ["advancedConfiguration field is not allowed with ELBv1 loadBalancers"]
      : []),
    ...(advanced.length > 0 && advanced.length < loadBalancers.length
      ? ["Either all or none of the provided loadBalancers must have advancedConfiguration defined"]
      : []),
    ...(advanced.length > 0 && twice !== undefined ? [`Duplicate targetGroupArn found: ${twice}`] : []),
  ];
}

function ofShifted(loadBalancers: readonly LoadBalancerInput[]): string[] {
  if (loadBalancers.length === 0)
    return ["loadBalancers is required when using a non-ROLLING deployment strategy without Service Connect."];
  return loadBalancers.flatMap(({ advancedConfiguration: advanced }) => {
    if (!advanced)
      return [
        "advancedConfiguration field is required for all loadBalancers when using a non-ROLLING deployment strategy",
      ];
    const missing = (["alternateTargetGroupArn", "productionListenerRule", "roleArn"] as const).find(
      (name) => !advanced[name],
    );
    if (missing) return [`${missing} is required in advancedConfiguration.`];
    return [
      ...ofRule("productionListenerRule", advanced),
      ...ofRule("testListenerRule", advanced),
      ...ofPair(advanced),
    ];
  });
}

/** A rule of an Application Load Balancer, or a listener of a Network Load Balancer. */
const ruleOrListener = /^arn:[^:]*:elasticloadbalancing:[^:]*:\d{12}:(listener-rule\/(app|net)\/|listener\/net\/)/;

function ofRule(
  name: "productionListenerRule" | "testListenerRule",
  advanced: NonNullable<LoadBalancerInput["advancedConfiguration"]>,
): string[] {
  const arn = advanced[name];
  if (arn === undefined || ruleOrListener.test(arn)) return [];
  return [`${name} has an invalid ARN format. Must be RuleArn for ALB or ListenerArn for NLB. Got: ${arn}`];
}

const ofPair = ({
  productionListenerRule,
  testListenerRule,
}: NonNullable<LoadBalancerInput["advancedConfiguration"]>) =>
  testListenerRule !== undefined && testListenerRule === productionListenerRule
    ? [`The following rules cannot be used as both production and test listener rules: ${testListenerRule}`]
    : [];
