import type { AlarmView } from "./observed";
import type { WatchRecord } from "./watch";

export type WatchDecision =
  | { readonly kind: "wait"; readonly leftMs: number }
  | { readonly kind: "end" }
  /** An alarm fires: what was released is taken back. */
  | { readonly kind: "breach"; readonly what: string }
  /** Something else is live than what is watched. */
  | { readonly kind: "superseded" };

export interface WatchFacts {
  readonly record: WatchRecord;
  readonly alarms: readonly AlarmView[];
  /** The release that the service's last closed journal belongs to. */
  readonly lastRelease: string | undefined;
  readonly now: Date;
}

/** What a watch comes to at this moment. An alarm counts until the very end, also when nobody looked in between. */
export function decideWatch({ record, alarms, lastRelease, now }: WatchFacts): WatchDecision {
  if (record.state !== "open") return { kind: "end" };
  if (lastRelease !== undefined && lastRelease !== record.release) return { kind: "superseded" };
  const firing = alarms.filter(({ state }) => state === "ALARM");
  if (firing.length > 0)
    return { kind: "breach", what: firing.map(({ name, reason }) => `${name}: ${reason}`).join("\n") };
  const leftMs = Date.parse(record.end) - now.getTime();
  return leftMs <= 0 ? { kind: "end" } : { kind: "wait", leftMs };
}
