import type { Report } from "../model/report";
import type { RollbackPolicy, Strategy } from "../model/release/strategy";
import { usageError } from "../model/errors";
import type { Consent } from "../stack/ask-first";
import type { LockOptions } from "../stack/changing";
import { beginReleases, type BeginContext } from "./begin";
import type { PlanOptions } from "./make-plan";
import { parseTargets, wordsOfComponents, type Target } from "./targets";

/** How a release goes, for one run; what is absent comes from the configuration. */
export interface ReleaseWords {
  readonly strategy?: Strategy | undefined;
  readonly type?: "rolling" | "canary" | undefined;
  readonly steps?: string | undefined;
  readonly bake?: string | undefined;
  readonly canaryPercent?: number | undefined;
  readonly healthInterval?: number | undefined;
  readonly rollback?: RollbackPolicy | undefined;
  readonly ignoreAlarms?: readonly string[] | undefined;
  readonly reason?: string | undefined;
}

export interface ReleaseOptions extends ReleaseWords, Consent, LockOptions {
  /** `web=v2`, `all=v2`; see `parseTargets`. */
  readonly targets: readonly string[];
  /** The documented form: service and its version. */
  readonly component?: string | undefined;
  readonly version?: string | undefined;
  /** @default "parallel" */
  readonly order?: "parallel" | "sequential" | undefined;
  /** @default false */
  readonly allOrNothing?: boolean | undefined;
}

/**
 * Puts new images into services, and nothing else: `release(context, { targets: ["web=v2"], yes: true })`.
 *
 * @returns exit code 0 when the new versions serve, 10 when one went back, 1 when one stopped in between
 */
export async function release(context: BeginContext, options: ReleaseOptions): Promise<Report> {
  const words = wordsOf(options);
  return releaseTargets(context, parseTargets(words, context.config.services), { ...options, targets: words });
}

/** The same for targets that are known to make sense; `options.targets` are the words, for the record. */
export async function releaseTargets(
  context: BeginContext,
  targets: readonly Target[],
  options: ReleaseOptions,
): Promise<Report> {
  return beginReleases(context, {
    command: "release",
    services: targets.map(({ service }) => service),
    wanted: () => targets.map((target) => ({ kind: "target", target })),
    planning: planningOf(options),
    options,
    order: options.order ?? "parallel",
    allOrNothing: options.allOrNothing ?? false,
    reason: options.reason,
    asked: { targets: options.targets, strategy: options.strategy ?? options.type, reason: options.reason },
  });
}

function wordsOf({ targets, component, version }: ReleaseOptions): readonly string[] {
  if (component === undefined && version === undefined) return targets;
  if (component === undefined || version === undefined)
    throw usageError(
      component === undefined ? "--version without --component." : "--component without --version.",
      "Nothing was changed. Say both, `--component web --version v2`, or one word, `web=v2`.",
    );
  return [...targets, ...wordsOfComponents(component, version)];
}

/** What the planner is told; absent words are left out. */
export function planningOf(words: ReleaseWords): PlanOptions {
  const { rollback, ignoreAlarms, reason, strategy, type, steps, bake, canaryPercent, healthInterval } = words;
  return {
    words: present({ strategy, type, steps, bake, canaryPercent, healthInterval }),
    ...present({ rollback, ignoreAlarms, reason }),
  };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const present = <T extends object>(words: T): Present<T> =>
  Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as Present<T>;
