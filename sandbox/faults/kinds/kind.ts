import type { z } from "zod";
import type { ApiFault, Behaviour, StartFault } from "../../model/behaviour";
import type { FaultActions } from "../fault-actions";
import type { FaultRequest } from "../fault-request";

/** What a fault may be told besides its value; each kind names those that it takes. */
export type FaultOption = Exclude<keyof FaultRequest, "kind" | "value">;

/** The word behind the kind: `30` in `crash-after 30`. */
export interface ValueOf<V> {
  /** Shown in the usage, for example `seconds`. */
  readonly name: string;
  /** Takes text as well as numbers; what it takes nothing for may be left out. */
  readonly schema: z.ZodType<V>;
}

interface KindBase<V> {
  readonly summary: string;
  /** What one would have done, or seen, on AWS. */
  readonly onAws: string;
  readonly value?: ValueOf<V>;
  readonly options: readonly FaultOption[];
}

/** One kind of fault. `V` is the type of its value. */
export type FaultKind<V = unknown> = KindBase<V> &
  (
    | { readonly group: "task"; effect(value: V): Behaviour }
    | { readonly group: "start"; readonly fault: StartFault }
    | { readonly group: "api"; fault(value: V): ApiFault }
    /** Which targets cannot be reached: one by its address or its task, or all of the selected tasks. */
    | { readonly group: "target" }
    /** Done once, and by others; gives what has been done. */
    | {
        readonly group: "action";
        act(value: V, request: FaultRequest, actions: FaultActions): Promise<string>;
        /** For what is kept up until it is cleared: what takes it back then. */
        undo?(value: V, request: FaultRequest, actions: FaultActions): () => void;
      }
  );

/** Keeps the type of the value between schema and effect, which the table forgets. */
export const kind = <V>(of: FaultKind<V>): FaultKind => of;

/** Selects tasks, and ends by itself. */
export const taskOptions = ["service", "tag", "task", "for"] as const satisfies readonly FaultOption[];
