import type { ComparisonView } from "./observed";
import type { CompareLimits } from "./plan";

/** `too-few`: the figures prove nothing yet. */
export type CompareVerdict = { readonly kind: "good" } | { readonly kind: "too-few" | "worse"; readonly text: string };

/** Whether the new version answers as well as the old one. Without requests on both sides nothing is proven. */
export function compareVerdict(limits: CompareLimits, { fresh, old }: ComparisonView): CompareVerdict {
  const fewest = Math.min(fresh.requests, old.requests);
  if (!(fewest >= limits.minimumRequests))
    return {
      kind: "too-few",
      text: `${fresh.requests} requests to the new version and ${old.requests} to the old one; ${limits.minimumRequests} of each are needed`,
    };
  const points = percent(fresh) - percent(old);
  if (points > limits.maxErrorPoints)
    return {
      kind: "worse",
      text: `${rounded(percent(fresh))} % of requests fail on the new version, ${rounded(percent(old))} % on the old one; at most ${limits.maxErrorPoints} points more are allowed`,
    };
  const ratio = ratioOf(fresh.latencyP95, old.latencyP95);
  if (ratio > limits.maxLatencyRatio)
    return {
      kind: "worse",
      text: `the new version answers in ${milliseconds(fresh.latencyP95)} (p95), the old one in ${milliseconds(old.latencyP95)}; at most ${limits.maxLatencyRatio} times as long is allowed`,
    };
  return { kind: "good" };
}

const percent = ({ errors, requests }: { readonly errors: number; readonly requests: number }): number =>
  requests === 0 ? 0 : (100 * errors) / requests;

/** 0 when one of the two is not known: then latency says nothing. */
const ratioOf = (fresh: number | null, old: number | null): number =>
  fresh === null || old === null || old === 0 ? 0 : fresh / old;

const rounded = (value: number): number => Math.round(value * 100) / 100;

const milliseconds = (seconds: number | null): string => `${Math.round((seconds ?? 0) * 1000)} ms`;
