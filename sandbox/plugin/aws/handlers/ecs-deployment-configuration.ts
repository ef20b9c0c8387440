import type { DeploymentConfiguration, DeploymentLifecycleHook } from "@aws-sdk/client-ecs";

/** A lifecycle hook in Pulumi's names; figures are texts. */
export interface HookInput {
  readonly targetType?: DeploymentLifecycleHook["targetType"];
  readonly hookTargetArn?: string;
  readonly roleArn?: string;
  readonly lifecycleStages: readonly NonNullable<DeploymentLifecycleHook["lifecycleStages"]>[number][];
  readonly timeoutConfiguration?: {
    readonly timeoutInMinutes?: string;
    readonly action?: NonNullable<DeploymentLifecycleHook["timeoutConfiguration"]>["action"];
  };
}

/** How traffic is shifted, in Pulumi's names; minutes are texts. */
export interface DeploymentConfigurationInput {
  readonly strategy?: DeploymentConfiguration["strategy"];
  readonly bakeTimeInMinutes?: string;
  readonly canaryConfiguration?: { readonly canaryPercent?: number; readonly canaryBakeTimeInMinutes?: string };
  readonly linearConfiguration?: { readonly stepPercent?: number; readonly stepBakeTimeInMinutes?: string };
  readonly lifecycleHooks?: readonly HookInput[];
}

type Shifting = Pick<
  DeploymentConfiguration,
  "strategy" | "bakeTimeInMinutes" | "canaryConfiguration" | "linearConfiguration" | "lifecycleHooks"
>;

/** As the API takes it; the provider sends the members that are given. */
export function toShifting(input: DeploymentConfigurationInput): Shifting {
  const {
    strategy,
    bakeTimeInMinutes,
    canaryConfiguration: canary,
    linearConfiguration: linear,
    lifecycleHooks,
  } = input;
  return {
    strategy,
    bakeTimeInMinutes: minutes(bakeTimeInMinutes),
    ...(canary && {
      canaryConfiguration: {
        canaryPercent: canary.canaryPercent,
        canaryBakeTimeInMinutes: minutes(canary.canaryBakeTimeInMinutes),
      },
    }),
    ...(linear && {
      linearConfiguration: {
        stepPercent: linear.stepPercent,
        stepBakeTimeInMinutes: minutes(linear.stepBakeTimeInMinutes),
      },
    }),
    lifecycleHooks: lifecycleHooks?.map(({ timeoutConfiguration: timeout, lifecycleStages, ...hook }) => ({
      ...hook,
      lifecycleStages: [...lifecycleStages],
      ...(timeout && {
        timeoutConfiguration: { timeoutInMinutes: minutes(timeout.timeoutInMinutes), action: timeout.action },
      }),
    })),
  };
}

/** In Pulumi's names; undefined for a service that rolls, of which nothing is said in the state. */
export function fromShifting(found: Shifting | undefined): DeploymentConfigurationInput | undefined {
  if (found?.strategy === undefined || found.strategy === "ROLLING") return undefined;
  const { canaryConfiguration: canary, linearConfiguration: linear, lifecycleHooks } = found;
  return {
    strategy: found.strategy,
    ...text("bakeTimeInMinutes", found.bakeTimeInMinutes),
    ...(canary && {
      canaryConfiguration: {
        canaryPercent: canary.canaryPercent ?? 0,
        ...text("canaryBakeTimeInMinutes", canary.canaryBakeTimeInMinutes),
      },
    }),
    ...(linear && {
      linearConfiguration: {
        stepPercent: linear.stepPercent ?? 0,
        ...text("stepBakeTimeInMinutes", linear.stepBakeTimeInMinutes),
      },
    }),
    ...(lifecycleHooks?.length ? { lifecycleHooks: lifecycleHooks.map(fromHook) } : {}),
  };
}

function fromHook({
  targetType,
  hookTargetArn,
  roleArn,
  lifecycleStages,
  timeoutConfiguration: timeout,
}: DeploymentLifecycleHook): HookInput {
  return {
    ...(targetType && { targetType }),
    ...(hookTargetArn && { hookTargetArn }),
    ...(roleArn && { roleArn }),
    lifecycleStages: lifecycleStages ?? [],
    ...(timeout && {
      timeoutConfiguration: {
        ...text("timeoutInMinutes", timeout.timeoutInMinutes),
        ...(timeout.action && { action: timeout.action }),
      },
    }),
  };
}

const minutes = (given: string | undefined): number | undefined => (given === undefined ? undefined : Number(given));

const text = <K extends string>(key: K, value: number | undefined): { readonly [name in K]?: string } =>
  (value === undefined ? {} : { [key]: String(value) }) as { readonly [name in K]?: string };
