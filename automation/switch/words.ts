import { describeFaults } from "../../infra/config/check";
import { usageError } from "../model/errors";
import type { Step } from "../model/release/strategy";
import type { Colour } from "../model/switch/plan";
import { bakeOf, parseSteps, rangeFaults } from "../release/step-words";

/** What the command line says about a switch. */
export interface SwitchWords {
  /** @default the colour that is not active */
  readonly to?: Colour | undefined;
  /** `10,50,100`, or with times `10:5m,100`. @default 100 */
  readonly steps?: string | undefined;
  /** How long each step is watched, for example `5m`. @default 1m, and not at all on the way back */
  readonly bake?: string | undefined;
  /** To where the last switch came from. @default false */
  readonly back?: boolean | undefined;
  /** The health of the target does not count. @default false */
  readonly force?: boolean | undefined;
  /** Why it does not; recorded. */
  readonly reason?: string | undefined;
}

/** As long as resolvers may still answer as before: an alias to a load balancer has a TTL of 60 seconds. */
const usualBakeSeconds = 60;

/** @throws SlipwayError `usage` (exit 2) */
export function stepsOf({ steps, bake, back = false }: SwitchWords): readonly Step[] {
  const usual = [{ percent: 100, bakeSeconds: back ? 0 : usualBakeSeconds }];
  const parsed = steps === undefined ? { steps: usual, faults: [] } : parseSteps(steps, usual);
  const watch = bakeOf(bake === undefined ? {} : { bake });
  const wanted = parsed.steps.map((step) =>
    watch.seconds === undefined ? step : { ...step, bakeSeconds: watch.seconds },
  );
  const faults = [...parsed.faults, ...watch.faults, ...(parsed.faults.length > 0 ? [] : rangeFaults(wanted))];
  if (faults.length > 0) throw usageError(describeFaults(faults, "The command line"));
  const percents = wanted.map(({ percent }) => percent);
  if (percents.at(-1) !== 100 || percents.some((percent, index) => percent <= (percents[index - 1] ?? 0)))
    throw usageError(
      `--steps is \`${percents.join(",")}\`: shares grow, and the last is 100.`,
      "Write for example `10,50,100`.",
    );
  return wanted;
}

/**
 * Why the health of the target does not count; null when it does.
 *
 * @throws SlipwayError `usage` (exit 2)
 */
export function forcedBy({ force = false, reason }: SwitchWords): string | null {
  const said = reason?.trim() ?? "";
  if (force && said === "") throw usageError("--force needs a --reason: it is recorded.", "Say why it must be now.");
  if (!force && said !== "") throw usageError("--reason is what --force needs; without it nothing is forced.");
  return force ? said : null;
}

/** @throws SlipwayError `usage` (exit 2) */
export function refuseContradiction({ to, back = false }: SwitchWords): void {
  if (back && to !== undefined)
    throw usageError("--back and --to contradict each other.", "Say one of them: --back is to where it came from.");
}
