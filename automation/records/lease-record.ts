import { parseLease, type Lease } from "../model/lease";
import { absent, type Store } from "../ports/store";
import { unreadableError } from "./lock-errors";
import type { LockSubject } from "./lock-subject";

/** What stands in the store. */
export type LeaseRecord =
  | { readonly kind: "read"; readonly lease: Lease; readonly version: string }
  | { readonly kind: "unreadable"; readonly version: string; readonly reason: string };

/** The lease of one lock in a store. */
export interface LeaseFile {
  /** Undefined before there ever was a lease. */
  look(): Promise<LeaseRecord | undefined>;
  /** @throws SlipwayError `lock-unreadable` (exit 4) */
  read(): Promise<Extract<LeaseRecord, { kind: "read" }> | undefined>;
  /** Writes over the version that was read; undefined when somebody else was faster. */
  write(lease: Lease, over: string | undefined): Promise<string | undefined>;
}

export function leaseFile({ store, subject }: { readonly store: Store; readonly subject: LockSubject }): LeaseFile {
  const { key } = subject;
  const look: LeaseFile["look"] = async () => {
    const stored = await store.get(key);
    if (stored === undefined) return undefined;
    const { version } = stored;
    try {
      return { kind: "read", lease: parseLease(stored.value), version };
    } catch (error) {
      return { kind: "unreadable", version, reason: (error as Error).message };
    }
  };
  return {
    look,
    async read() {
      const record = await look();
      if (record?.kind === "unreadable") throw unreadableError(subject, `${store.place}/${key}`, record.reason);
      return record;
    },
    async write(lease, over) {
      const written = await store.put(key, `${JSON.stringify(lease, null, 2)}\n`, over ?? absent);
      return written.kind === "ok" ? written.version : undefined;
    },
  };
}
