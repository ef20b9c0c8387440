import type { Hook, LifecycleStage, ShiftPlan } from "./model";
import { stages } from "./stages";

/** The parts of a deployment configuration that say how traffic is shifted; as the API has it. */
export interface ShiftConfiguration {
  readonly strategy?: string | undefined;
  readonly bakeTimeInMinutes?: number | undefined;
  readonly lifecycleHooks?: readonly HookInput[] | undefined;
  readonly linearConfiguration?: {
    readonly stepPercent?: number | undefined;
    readonly stepBakeTimeInMinutes?: number | undefined;
  };
  readonly canaryConfiguration?: {
    readonly canaryPercent?: number | undefined;
    readonly canaryBakeTimeInMinutes?: number | undefined;
  };
}

export interface HookInput {
  readonly targetType?: string | undefined;
  readonly hookTargetArn?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly lifecycleStages?: readonly string[] | undefined;
  readonly hookDetails?: unknown;
  readonly timeoutConfiguration?: { readonly timeoutInMinutes?: number; readonly action?: string } | undefined;
}

/** "LinearConfiguration" and "CanaryConfiguration" in the API reference. */
export const shiftDefaults = {
  linear: { stepPercent: 10, stepBakeTimeInMinutes: 6 },
  canary: { canaryPercent: 5, canaryBakeTimeInMinutes: 10 },
  /** "DeploymentLifecycleHookTimeoutConfiguration": 24 hours. */
  hookTimeoutMinutes: 1440,
} as const;

/** What a checked configuration (`checkShift`) means. Undefined for a strategy that shifts nothing. */
export function shiftPlan(configuration: ShiftConfiguration): ShiftPlan | undefined {
  const { strategy } = configuration;
  if (strategy !== "BLUE_GREEN" && strategy !== "LINEAR" && strategy !== "CANARY") return undefined;
  return {
    strategy,
    steps: steps[strategy](configuration),
    bakeMinutes: configuration.bakeTimeInMinutes ?? 0,
    hooks: (configuration.lifecycleHooks ?? []).map(toHook),
  };
}

const steps: Record<ShiftPlan["strategy"], (configuration: ShiftConfiguration) => ShiftPlan["steps"]> = {
  BLUE_GREEN: () => [last],
  LINEAR: ({ linearConfiguration }) => {
    const { stepPercent, stepBakeTimeInMinutes } = { ...shiftDefaults.linear, ...given(linearConfiguration ?? {}) };
    // In tenths of a percent: sums of 0.1 are not exact.
    const tenths = Math.round(stepPercent * 10);
    const before = Array.from({ length: Math.ceil(1000 / tenths) - 1 }, (_, index) => ({
      percent: ((index + 1) * tenths) / 10,
      bakeMinutes: stepBakeTimeInMinutes,
    }));
    return [...before, last];
  },
  CANARY: ({ canaryConfiguration }) => {
    const { canaryPercent, canaryBakeTimeInMinutes } = { ...shiftDefaults.canary, ...given(canaryConfiguration ?? {}) };
    return canaryPercent >= 100 ? [last] : [{ percent: canaryPercent, bakeMinutes: canaryBakeTimeInMinutes }, last];
  },
};

/** The bake time of the deployment follows, not that of a step. */
const last = { percent: 100, bakeMinutes: 0 } as const;

function toHook({ targetType, hookTargetArn, lifecycleStages, hookDetails, timeoutConfiguration }: HookInput): Hook {
  return {
    targetType: targetType === "PAUSE" ? "PAUSE" : "AWS_LAMBDA",
    ...(hookTargetArn === undefined ? {} : { targetArn: hookTargetArn }),
    stages: (lifecycleStages ?? []).filter(isStage),
    timeoutMinutes: timeoutConfiguration?.timeoutInMinutes ?? shiftDefaults.hookTimeoutMinutes,
    timeoutAction: timeoutConfiguration?.action === "CONTINUE" ? "CONTINUE" : "ROLLBACK",
    ...(hookDetails === undefined ? {} : { details: hookDetails }),
  };
}

const isStage = (name: string): name is LifecycleStage => Object.hasOwn(stages, name);

/** Without the members that are undefined, so that they do not wipe a default. */
function given<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
