import type { Fault } from "../../infra/config/fault";
import { parseDuration } from "../model/duration";
import { SlipwayError } from "../model/errors";
import type { Step, Strategy } from "../model/release/strategy";

/** What the command line says about strategy and steps, for one run. */
export interface StepWords {
  readonly strategy?: Strategy;
  /** The documented kinds; `rolling` is the full rollout. */
  readonly type?: "rolling" | "canary";
  /** `10,50,100` or `10:5m,100:300`: percent, and how long it is watched (seconds when no unit is given). */
  readonly steps?: string;
  /** How long every step is watched, for example `5m`. */
  readonly bake?: string;
  /** Share of the first step. */
  readonly canaryPercent?: number;
  /** The documented word for the pause between steps, in seconds: as `bake`. */
  readonly healthInterval?: number;
}

/** Longest time that a step may be watched, as in configuration. */
const longestBakeSeconds = 86_400;
const mostSteps = 20;

interface ParsedSteps {
  readonly steps: readonly Step[];
  readonly faults: readonly Fault[];
}

/** Steps of a text; where it gives no time, the first and the last of `base` say it. */
export function parseSteps(text: string, base: readonly Step[]): ParsedSteps {
  const parts = text.split(",").map((part) => part.trim());
  const faults: Fault[] = [];
  const steps = parts.map((part, index): Step => {
    const [, percent, bake] = /^(\d{1,3})%?(?::(.+))?$/.exec(part) ?? [];
    const seconds = bake === undefined ? undefined : secondsOf(bake);
    if (percent === undefined || (bake !== undefined && seconds === undefined))
      faults.push({
        path: "--steps",
        found: part === "" ? "an empty step" : `step ${JSON.stringify(part.slice(0, 40))}`,
        allowed: "<percent> or <percent>:<time>, parted by commas",
        remedy: "Write for example `10:10m,50:5m,100`.",
      });
    const known = base.at(index === parts.length - 1 ? -1 : 0)?.bakeSeconds ?? 0;
    return { percent: Number(percent), bakeSeconds: seconds ?? known };
  });
  return { steps, faults };
}

/** How long the words say that every step is watched. */
export function bakeOf({ bake, healthInterval }: StepWords): {
  readonly seconds?: number;
  readonly faults: readonly Fault[];
} {
  if (bake === undefined && healthInterval === undefined) return { faults: [] };
  const seconds = bake === undefined ? healthInterval : secondsOf(bake);
  if (seconds !== undefined && isBake(seconds)) return { seconds, faults: [] };
  const path = bake === undefined ? "--health-interval" : "--bake";
  return {
    faults: [
      {
        path,
        found: String(bake ?? healthInterval),
        allowed: bake === undefined ? "whole seconds from 0 to 86400" : "a time from 0 to 24h, in whole seconds",
        remedy: bake === undefined ? "Write for example `--health-interval 60`." : "Write for example `--bake 5m`.",
      },
    ],
  };
}

/** Seconds of `300` or of a duration such as `5m`. */
function secondsOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  try {
    return parseDuration(text, "--steps") / 1_000;
  } catch (error) {
    if (error instanceof SlipwayError) return undefined;
    throw error;
  }
}

/** Percents, times and numbers of steps that no strategy takes; configuration cannot have them. */
export function rangeFaults(steps: readonly Step[]): readonly Fault[] {
  const path = "--steps";
  const wrong = steps.flatMap(({ percent, bakeSeconds }): readonly Fault[] => [
    ...when(!(percent >= 1 && percent <= 100), {
      path,
      found: `${percent} percent`,
      allowed: "whole percents from 1 to 100",
      remedy: "Write for example `10,50,100`.",
    }),
    ...when(!isBake(bakeSeconds), {
      path,
      found: `${bakeSeconds} s after ${percent} percent`,
      allowed: "whole seconds, at most 24 hours a step",
      remedy: "Shorten it; `watchHours` watches on after the release.",
    }),
  ]);
  return [
    ...wrong,
    ...when(steps.length > mostSteps, {
      path,
      found: `${steps.length} steps`,
      allowed: `at most ${mostSteps}`,
      remedy: "Take larger steps.",
    }),
  ];
}

const isBake = (seconds: number): boolean => Number.isInteger(seconds) && seconds >= 0 && seconds <= longestBakeSeconds;

const when = (wrong: boolean, fault: Fault): readonly Fault[] => (wrong ? [fault] : []);
