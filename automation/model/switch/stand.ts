import type { Cause } from "../release/cause";
import type { SwitchEntry, SwitchFact, SwitchJournal } from "./journal";

type EntryOf<K extends SwitchFact["kind"]> = Extract<SwitchEntry, { kind: K }>;

/** How far a switch is, by its journal. */
export interface SwitchStand {
  readonly isClosed: boolean;
  readonly isVerified: boolean;
  readonly isConfirmed: boolean;
  /** Weights may have been changed. */
  readonly hasShifted: boolean;
  readonly turnedBack: Cause | undefined;
  /** First step whose bake is not over; the number of steps when all are. */
  readonly step: number;
  /** The weights that the step wants, when Route 53 has taken them and nothing else was begun since. */
  readonly shifted: EntryOf<"shifted"> | undefined;
  readonly restored: EntryOf<"restored"> | undefined;
  /** Change of weights that was sent last, and when it was everywhere. */
  readonly lastChange: { readonly id: string; readonly at: string; readonly inSyncAt: string | undefined } | undefined;
}

export function standOf({ entries }: Pick<SwitchJournal, "entries">): SwitchStand {
  const last = <K extends SwitchFact["kind"]>(kind: K): EntryOf<K> | undefined =>
    entries.findLast((entry): entry is EntryOf<K> => entry.kind === kind);
  const has = (kind: SwitchFact["kind"]): boolean => entries.some((entry) => entry.kind === kind);
  const step = entries.filter(({ kind }) => kind === "passed").length;
  const sent = entries.findLast((entry) => entry.kind === "shifted" || entry.kind === "restored");
  const move = entries.findLast((entry) => entry.kind === "shifting" || entry.kind === "shifted");
  const inSync = entries.findLast((entry) => entry.kind === "in-sync" && entry.change === sent?.change);
  return {
    isClosed: has("closed"),
    isVerified: has("verified"),
    isConfirmed: has("confirmed"),
    hasShifted: has("shifting"),
    turnedBack: last("turned-back")?.cause,
    step,
    shifted: move?.kind === "shifted" && move.step === step ? move : undefined,
    restored: last("restored"),
    lastChange: sent === undefined ? undefined : { id: sent.change, at: sent.at, inSyncAt: inSync?.at },
  };
}
