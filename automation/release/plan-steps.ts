import type { Fault } from "../../infra/config/fault";
import type { ServiceConfig } from "../../infra/config/schema";
import { stepFaults } from "../../infra/config/step-rules";
import { defaultSteps, type Step, type Strategy } from "../model/release/strategy";
import { bakeOf, parseSteps, rangeFaults, type StepWords } from "./step-words";
import { strategyFaults } from "./strategy-faults";

/** What of a service decides how it may be released. */
export interface StepInput {
  readonly service: string;
  readonly release: Pick<ServiceConfig["release"], "strategy" | "controller" | "steps">;
  /** ECS services that the stack has deployed for it. */
  readonly slots: number;
  /** Whether any of its containers is behind the load balancer. */
  readonly loadBalanced: boolean;
  readonly words: StepWords;
}

export type PlannedSteps =
  | { readonly kind: "ok"; readonly strategy: Strategy; readonly steps: readonly Step[] }
  | { readonly kind: "refused"; readonly faults: readonly Fault[] };

/** Strategy and steps of one release: the command's words before configuration, configuration before the defaults. */
export function planSteps(input: StepInput): PlannedSteps {
  const { words, release } = input;
  const strategy = strategyOf(input);
  const base = strategy === release.strategy && release.steps !== undefined ? release.steps : defaultSteps[strategy];
  const parsed = words.steps === undefined ? undefined : parseSteps(words.steps, base);
  const bake = bakeOf(words);
  const faults = [...strategyFaults(input, strategy), ...(parsed?.faults ?? []), ...bake.faults];
  if (faults.length > 0) return { kind: "refused", faults };
  const shares = parsed?.steps ?? withCanary(base, words.canaryPercent);
  const { seconds } = bake;
  const steps = seconds === undefined ? shares : shares.map(({ percent }) => ({ percent, bakeSeconds: seconds }));
  const odd = wrongSteps(input, strategy, steps);
  return odd.length > 0 ? { kind: "refused", faults: odd } : { kind: "ok", strategy, steps };
}

/**
 * The documented `--type` knows two kinds: `canary`, and `rolling`, which is the full rollout. With two slots that is
 * blue-green, because there is no single slot to roll in. `--canary-percent` alone means a canary as well.
 */
function strategyOf({ words, release, slots }: StepInput): Strategy {
  if (words.strategy !== undefined) return words.strategy;
  if (words.type === "rolling") return slots > 1 ? "blue-green" : "rolling";
  return words.type === "canary" || words.canaryPercent !== undefined ? "canary" : release.strategy;
}

function withCanary(base: readonly Step[], percent: number | undefined): readonly Step[] {
  return percent === undefined ? base : base.map((step, index) => (index === 0 ? { ...step, percent } : step));
}

function wrongSteps(input: StepInput, strategy: Strategy, steps: readonly Step[]): readonly Fault[] {
  const range = rangeFaults(steps);
  if (range.length > 0) return range;
  const path = placeOfSteps(input);
  const odd = stepFaults({ strategy, controller: input.release.controller }, steps).map(
    ({ index, found, allowed, remedy }): Fault => ({
      path: index === undefined ? path : `${path}[${index}]`,
      found,
      allowed,
      remedy,
    }),
  );
  return odd.length > 0 || strategy !== "canary" || steps.length > 1
    ? odd
    : [
        {
          path,
          found: "one step for a canary",
          allowed: "a small step, and one of 100 percent",
          remedy: "Write for example `10,100`, or use --strategy blue-green.",
        },
      ];
}

function placeOfSteps({ service, words, release }: StepInput): string {
  if (words.steps !== undefined) return "--steps";
  if (words.canaryPercent !== undefined) return "--canary-percent";
  return release.steps === undefined ? "--strategy" : `slipway:services.${service}.release.steps`;
}
