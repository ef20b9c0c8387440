import type * as pulumi from "@pulumi/pulumi";
import type * as aws from "../aws";
import { stepsOf, type Step } from "../config/release-steps";
import type { ServiceConfig } from "../config/schema";
import type { NativeRules } from "../load-balancer/native-rules";
import type { SlotTargetGroups } from "../load-balancer/target-groups";

type Configuration = aws.types.input.ecs.ServiceDeploymentConfiguration;
type Hook = aws.types.input.ecs.ServiceDeploymentConfigurationLifecycleHook;

/** What a service needs whose traffic ECS itself shifts. */
export interface NativeArgs {
  /** By container behind the load balancer. */
  readonly rules: Readonly<Record<string, NativeRules>>;
  /** Alarms that end a deployment. ECS takes names of alarms that are made only after the service. */
  readonly alarmNames: readonly string[];
}

type Shifting = Exclude<ServiceConfig["release"]["strategy"], "rolling">;

const minutes = (seconds: number): string => String(seconds / 60);

/** What each strategy says of its steps; the bake of the last one is the deployment's own. */
const shapes: Readonly<Record<Shifting, (first: Step) => Pick<Configuration, "strategy"> & Configuration>> = {
  "blue-green": () => ({ strategy: "BLUE_GREEN" }),
  canary: ({ percent, bakeSeconds }) => ({
    strategy: "CANARY",
    canaryConfiguration: { canaryPercent: percent, canaryBakeTimeInMinutes: minutes(bakeSeconds) },
  }),
  linear: ({ percent, bakeSeconds }) => ({
    strategy: "LINEAR",
    linearConfiguration: { stepPercent: percent, stepBakeTimeInMinutes: minutes(bakeSeconds) },
  }),
};

/** How ECS is to shift a service and what ends it; nothing for a service that the driver shifts or that rolls. */
export function nativeDeployment(
  { release }: Pick<ServiceConfig, "release">,
  native: NativeArgs | undefined,
): Pick<aws.ecs.ServiceArgs, "deploymentConfiguration" | "alarms"> {
  const { strategy, controller, pause, rollback } = release;
  if (native === undefined || controller !== "ecs" || strategy === "rolling") return {};
  const steps = stepsOf(release);
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) throw new Error("A release has at least one step.");
  const hasTest = Object.values(native.rules).some(({ test }) => test !== undefined);
  const alarmNames = [...new Set([...native.alarmNames, ...release.alarms])].sort();
  return {
    deploymentConfiguration: {
      ...shapes[strategy](first),
      bakeTimeInMinutes: minutes(last.bakeSeconds),
      ...(pause === undefined ? {} : { lifecycleHooks: [pauseHook(pause, hasTest)] }),
    },
    // ECS cannot ask anybody, so only `never` leaves a failed deployment as it is.
    ...(alarmNames.length === 0 ? {} : { alarms: { alarmNames, enable: true, rollback: rollback !== "never" } }),
  };
}

/** Before the shift is after the test traffic where there is some: so the new version can be looked at in the pause. */
function pauseHook(
  { at, timeoutMinutes, otherwise }: NonNullable<ServiceConfig["release"]["pause"]>,
  hasTest: boolean,
): Hook {
  const before = hasTest ? "POST_TEST_TRAFFIC_SHIFT" : "POST_SCALE_UP";
  return {
    targetType: "PAUSE",
    lifecycleStages: [at === "before-shift" ? before : "POST_PRODUCTION_TRAFFIC_SHIFT"],
    timeoutConfiguration: {
      timeoutInMinutes: String(timeoutMinutes),
      action: otherwise === "rollback" ? "ROLLBACK" : "CONTINUE",
    },
  };
}

/** The second target group of a container, and the rules by which ECS moves its traffic between the two. */
export function shiftedBetween(
  groups: SlotTargetGroups,
  rules: NativeRules | undefined,
  roleArn: pulumi.Input<string> | undefined,
): Pick<aws.types.input.ecs.ServiceLoadBalancer, "advancedConfiguration"> {
  const { green } = groups;
  if (green === undefined || rules === undefined || roleArn === undefined) return {};
  return {
    advancedConfiguration: {
      alternateTargetGroupArn: green.arn,
      productionListenerRule: rules.production,
      roleArn,
      ...(rules.test === undefined ? {} : { testListenerRule: rules.test }),
    },
  };
}
