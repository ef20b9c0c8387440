import type { Bucket } from "./bucket";

/** `Average`, `p95`, `TM(10%:90%)`, ... taken apart. */
export type Statistic =
  | { readonly kind: "plain"; readonly name: PlainStatistic }
  | { readonly kind: "percentile"; readonly percent: number }
  | { readonly kind: "range"; readonly name: RangeStatistic; readonly from: Bound; readonly to: Bound };

/** Statistics that every bucket has. */
export const plainStatistics = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"] as const;
export type PlainStatistic = (typeof plainStatistics)[number];

type RangeStatistic = "TM" | "WM" | "TC" | "TS" | "PR";
type Bound = { readonly kind: "percent" | "value"; readonly at: number };

/** Undefined for what is no statistic of CloudWatch ("CloudWatch statistics definitions" in the user guide). */
export function parseStatistic(text: string): Statistic | undefined {
  const plain = plainStatistics.find((name) => name === text);
  if (plain) return { kind: "plain", name: plain };
  if (/^iqm$/i.test(text)) return { kind: "range", name: "TM", from: percent(25), to: percent(75) };
  const short = /^(p|tm|wm|tc|ts)(\d{1,3}(?:\.\d{1,10})?)$/i.exec(text);
  if (short) {
    const at = Number(short[2]);
    if (at > 100) return undefined;
    const name = (short[1] ?? "").toUpperCase();
    if (name === "P") return { kind: "percentile", percent: at };
    return { kind: "range", name: name as RangeStatistic, from: percent(0), to: percent(at) };
  }
  const long = /^(TM|WM|TC|TS|PR)\(([\d.]*)(%?):([\d.]*)(%?)\)$/i.exec(text);
  if (!long || (long[2] === "" && long[4] === "")) return undefined;
  const isPercent = long[3] === "%" || long[5] === "%";
  const bound = (digits: string | undefined, open: number): Bound =>
    digits ? { kind: isPercent ? "percent" : "value", at: Number(digits) } : { kind: "value", at: open };
  const name = (long[1] ?? "").toUpperCase() as RangeStatistic;
  return { kind: "range", name, from: bound(long[2], -Infinity), to: bound(long[4], Infinity) };
}

const percent = (at: number): Bound => ({ kind: "percent", at });

/** Undefined where there is nothing to tell: no sample, only a statistic set, or a negative value. */
export function valueOf(statistic: Statistic, bucket: Bucket): number | undefined {
  if (bucket.count === 0) return undefined;
  if (statistic.kind === "plain") return plainValue(statistic.name, bucket);
  if (bucket.samples === undefined || bucket.min < 0) return undefined;
  const sorted = [...bucket.samples].sort(([a], [b]) => a - b);
  if (statistic.kind === "percentile") return valueAt(sorted, statistic.percent);
  return rangeValue(statistic, sorted, bucket.count);
}

function plainValue(name: PlainStatistic, { sum, min, max, count }: Bucket): number {
  switch (name) {
    case "SampleCount":
      return count;
    case "Average":
      return sum / count;
    case "Sum":
      return sum;
    case "Minimum":
      return min;
    case "Maximum":
      return max;
  }
}

type Sorted = readonly (readonly [value: number, count: number])[];

/** Nearest rank: the smallest value that so many percent of all samples do not exceed. */
function valueAt(sorted: Sorted, at: number): number {
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= (at / 100) * total - 1e-9) return value;
  }
  return sorted.at(-1)?.[0] ?? 0;
}

function rangeValue(statistic: Statistic & { kind: "range" }, sorted: Sorted, total: number): number | undefined {
  const limit = ({ kind, at }: Bound): number => (kind === "value" ? at : valueAt(sorted, at));
  const low = statistic.from.kind === "percent" && statistic.from.at === 0 ? -Infinity : limit(statistic.from);
  const high = limit(statistic.to);
  const inside = sorted.filter(([value]) => value > low && value <= high);
  const count = inside.reduce((sum, [, each]) => sum + each, 0);
  const sum = inside.reduce((all, [value, each]) => all + value * each, 0);
  switch (statistic.name) {
    case "TC":
      return count;
    case "TS":
      return sum;
    case "PR":
      return (100 * count) / total;
    case "TM":
      return count === 0 ? undefined : sum / count;
    case "WM": {
      const clamped = sorted.reduce((all, [value, each]) => all + Math.min(Math.max(value, low), high) * each, 0);
      return clamped / total;
    }
  }
}
