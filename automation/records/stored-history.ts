import { exitCodes, SlipwayError } from "../model/errors";
import type { History, HistoryEntry } from "../ports/history";
import type { Machine } from "../ports/machine";
import { absent, type Store } from "../ports/store";
import { historyKey, historyPrefix, type RecordScope } from "./record-keys";

export interface StoredHistoryOptions extends RecordScope {
  readonly store: Store;
  readonly machine: Pick<Machine, "randomId">;
  /** Entries of a Slipway that kept one file for each stack, oldest first. @default none */
  readonly earlier?: () => Promise<readonly HistoryEntry[]>;
}

/** So many entries are fetched at once. */
const batch = 20;

/** One object for each entry, so that two writers cannot hurt each other's. */
export function storedHistory({ store, machine, earlier, ...scope }: StoredHistoryOptions): History {
  const entryAt = async (key: string): Promise<readonly HistoryEntry[]> => {
    const stored = await store.get(key);
    if (stored === undefined) return [];
    try {
      return [JSON.parse(stored.value) as HistoryEntry];
    } catch (error) {
      throw new SlipwayError({
        code: "history-unreadable",
        exitCode: exitCodes.failed,
        message: `${store.place}/${key} is no entry of a history: ${(error as Error).message}`,
        remedy: "Somebody has changed it. Move it away; the other entries do not depend on it.",
      });
    }
  };
  return {
    async append(entry) {
      const key = historyKey(scope, entry.at, machine.randomId());
      const written = await store.put(key, `${JSON.stringify(entry)}\n`, absent);
      if (written.kind === "conflict") throw new Error(`two entries have the key ${key}`);
    },
    async latest(limit) {
      const keys = [...(await store.list(historyPrefix(scope)))].reverse().slice(0, limit);
      const found: HistoryEntry[] = [];
      for (let start = 0; start < keys.length; start += batch)
        found.push(...(await Promise.all(keys.slice(start, start + batch).map(entryAt))).flat());
      if (found.length >= limit || earlier === undefined) return found;
      return [...found, ...[...(await earlier())].reverse()].slice(0, limit);
    },
  };
}
