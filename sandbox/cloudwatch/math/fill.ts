import { valueAt } from "./arithmetic";
import { MathFault, type Points, timesOf, type Value } from "./value";

/** Fills the gaps of a series: with a number, another series, the value before (REPEAT), or in between (LINEAR). */
export function fill(points: Points, filler: Value, times: readonly number[]): Points {
  const all = [...new Set([...times, ...points.keys()])].sort((a, b) => a - b);
  const result = new Map<number, number>();
  let before: number | undefined;
  for (const at of all) {
    const known = points.get(at);
    const value = known ?? filled(points, filler, at, before);
    if (known !== undefined) before = known;
    if (value !== undefined) result.set(at, value);
  }
  return result;
}

function filled(points: Points, filler: Value, at: number, before: number | undefined): number | undefined {
  if (filler.kind !== "text") return valueAt(filler, at);
  if (filler.value === "REPEAT") return before;
  if (filler.value !== "LINEAR") throw new MathFault(`FILL does not know ${filler.value}.`);
  const known = timesOf([points]);
  const left = known.filter((each) => each < at).at(-1);
  const right = known.find((each) => each > at);
  if (left === undefined || right === undefined) return undefined;
  const [from = 0, to = 0] = [points.get(left), points.get(right)];
  return from + ((to - from) * (at - left)) / (right - left);
}
