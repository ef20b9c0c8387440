import type { ReleaseProgress } from "../model/release/progress";

/** What is said of a look or a deed where every line stays: `1:05 web bake 10% on v2 (step 1 of 2): 2 of 2 healthy`. */
export function releaseLine(progress: ReleaseProgress): string {
  const { service, phase, step, freshPercent, fresh, firing, note, elapsedMs } = progress;
  const share = freshPercent === null ? "" : ` ${freshPercent}% on ${fresh.version}`;
  const place = step === null ? "" : ` (step ${step.number} of ${step.of})`;
  const alarms = firing.length === 0 ? "" : `, firing: ${firing.join(", ")}`;
  const told = note.split("\n").map(withoutControls).join("\n         ");
  return `${clockTime(elapsedMs).padStart(7)}  ${service} ${phase}${share}${place}${alarms}: ${told}`;
}

/** Log lines of a program may be in it: nothing in them steers the terminal. */
export const withoutControls = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");

/** `0:31`, `12:05`, `1:02:03`: minutes and seconds, and hours when there are any. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = hours > 0 ? [hours, two(minutes)] : [minutes];
  return [...parts, two(seconds % 60)].join(":");
}

const two = (figure: number): string => String(figure).padStart(2, "0");
