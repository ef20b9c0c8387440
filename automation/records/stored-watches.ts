import { absent, type Store } from "../ports/store";
import type { Watches } from "../ports/watches";
import { recordAt, recordsAt, recordText, refuseNewer } from "./read-record";
import { watchKey, watchesPrefix, type RecordScope } from "./record-keys";
import { watchForm } from "./watch-form";

export interface StoredWatchesOptions extends RecordScope {
  readonly store: Store;
}

/** One object for each service. */
export function storedWatches({ store, ...scope }: StoredWatchesOptions): Watches {
  return {
    async get(service) {
      return (await recordAt(watchForm, store, watchKey(scope, service)))?.record;
    },
    async list() {
      return recordsAt(watchForm, store, await store.list(watchesPrefix(scope)));
    },
    async put(record) {
      const key = watchKey(scope, record.service);
      for (;;) {
        const before = await store.get(key);
        if (before !== undefined) refuseNewer(watchForm, before.value, `${store.place}/${key}`);
        // The service's lock keeps writers apart; a conflict is a write of one's own whose answer was lost.
        if ((await store.put(key, recordText(record), before?.version ?? absent)).kind === "ok") return;
      }
    },
  };
}
