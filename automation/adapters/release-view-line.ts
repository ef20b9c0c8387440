import { describeDuration } from "../model/duration";
import type { ReleaseProgress } from "../model/release/progress";

/** One line for logs: `[ 1:05] web bake 10% (step 1 of 2): 2 of 2 targets healthy`. */
export function releaseLine(progress: ReleaseProgress): string {
  const { service, phase, step, freshPercent, firing, note, elapsedMs } = progress;
  const share = freshPercent === null ? "" : ` ${freshPercent}% on ${progress.fresh.version}`;
  const place = step === null ? "" : ` (step ${step.number} of ${step.of})`;
  const alarms = firing.length === 0 ? "" : `; firing: ${firing.join(", ")}`;
  return `  ${service} ${phase}${share}${place}: ${note}${alarms} [${describeDuration(Math.floor(elapsedMs / 1000) * 1000)}]`;
}
