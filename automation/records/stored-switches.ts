import type { SwitchRecords } from "../ports/switch-records";
import { absent, type Store } from "../ports/store";
import { recordAt, recordText } from "./read-record";
import { switchKey } from "./record-keys";
import { switchForm } from "./switch-form";

/** One object for each shared name: the last switch, open or over. */
export function storedSwitches({ store, project }: { readonly store: Store; readonly project: string }): SwitchRecords {
  return {
    async last(name) {
      const found = await recordAt(switchForm, store, switchKey(project, name));
      return found && { journal: found.record, version: found.version };
    },
    async write(journal, version = absent) {
      const written = await store.put(switchKey(project, journal.plan), recordText(journal), version);
      return written.kind === "ok" ? { journal, version: written.version } : undefined;
    },
  };
}
