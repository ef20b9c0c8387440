import type { Journal } from "./journal";
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
  /** The release that led to what the service runs; see `effective`. */
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

/**
 * The newest of a service's releases that changed what it runs: one that went back has not, and a restart runs the same.
 *
 * @param journals newest first
 */
export const effective = (journals: readonly Journal[]): Journal | undefined =>
  journals.find(
    ({ request, entries }) =>
      request.command !== "restart" &&
      entries.some((entry) => entry.kind === "closed" && entry.outcome !== "rolled-back"),
  );
