import type { FleetJournals } from "../ports/fleet-journals";
import { absent, type Store } from "../ports/store";
import { fleetForm } from "./fleet-form";
import { recordAt, recordText } from "./read-record";
import { fleetKey, type RecordScope } from "./record-keys";

export interface StoredFleetJournalsOptions extends RecordScope {
  readonly store: Store;
}

/** One object for each component: its last run. What earlier ones came to is in the history. */
export function storedFleetJournals({ store, ...scope }: StoredFleetJournalsOptions): FleetJournals {
  return {
    async last(component) {
      const found = await recordAt(fleetForm, store, fleetKey(scope, component));
      return found && { journal: found.record, version: found.version };
    },
    async write(journal, version) {
      const key = fleetKey(scope, journal.plan.component);
      const written = await store.put(key, recordText(journal), version ?? absent);
      return written.kind === "ok" ? { journal, version: written.version } : undefined;
    },
  };
}
