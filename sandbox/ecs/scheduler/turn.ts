import type { ServiceRevision } from "../model";
import type { ServiceRecord } from "../services/service-record";

/** What has become of a service deployment in one step; told to those who keep records of them. */
export type News =
  | { readonly kind: "started"; readonly deploymentId: string }
  | { readonly kind: "progressed"; readonly deploymentId: string }
  | { readonly kind: "failed"; readonly deploymentId: string; readonly reason: string; readonly rollback: boolean }
  | {
      readonly kind: "rollback-started";
      readonly deploymentId: string;
      readonly reason: string;
      readonly to: ServiceRevision;
    }
  | {
      readonly kind: "finished";
      readonly deploymentId: string;
      readonly outcome: "successful" | "stopped" | "rolled-back" | "rollback-failed";
    };

/** A service after one part of a step, and what there is to tell. */
export interface Turn {
  readonly record: ServiceRecord;
  readonly news: readonly News[];
}

/** One part of a step after the other. */
export function inTurn(record: ServiceRecord, ...parts: readonly ((record: ServiceRecord) => Turn)[]): Turn {
  return parts.reduce<Turn>(
    (turn, part) => {
      const next = part(turn.record);
      return { record: next.record, news: [...turn.news, ...next.news] };
    },
    { record, news: [] },
  );
}
