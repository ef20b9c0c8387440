import { exitCodes, SlipwayError } from "../model/errors";
import type { Journal } from "../model/release/journal";
import { releaseOpen } from "../model/release/release-open";
import type { Journals, StoredJournal } from "../ports/journals";
import { absent, type Store } from "../ports/store";
import { journalForm } from "./journal-form";
import { recordAt, recordsAt, recordText } from "./read-record";
import {
  closedReleaseKey,
  closedReleasesPrefix,
  openReleaseKey,
  openReleasesPrefix,
  type RecordScope,
} from "./record-keys";

export interface StoredJournalsOptions extends RecordScope {
  readonly store: Store;
}

/** So many of one service are looked for at once among those of all. */
const batch = 20;

/** One object for the open release of each service, and one for each that is over. */
export function storedJournals({ store, ...scope }: StoredJournalsOptions): Journals {
  const openKey = (service: string): string => openReleaseKey(scope, service);

  async function write(journal: Journal, expected: string): Promise<StoredJournal | undefined> {
    const written = await store.put(openKey(journal.plan.service), recordText(journal), expected);
    return written.kind === "ok" ? { journal, version: written.version } : undefined;
  }

  async function open(service: string): Promise<StoredJournal | undefined> {
    const found = await recordAt(journalForm, store, openKey(service));
    if (found === undefined) return undefined;
    const { record: journal, version } = found;
    if (!isClosed(journal)) return { journal, version };
    await bury(journal, version);
    return undefined;
  }

  /** Writes it to the closed ones first: a kill in between leaves it twice, never not at all. */
  async function bury(journal: Journal, version: string): Promise<void> {
    // One that is there already is the same one: nobody changes a journal that is closed.
    await store.put(closedReleaseKey(scope, journal), recordText(journal), absent);
    // A conflict says that another look has done it too.
    await store.delete(openKey(journal.plan.service), version);
  }

  async function openServices(): Promise<readonly string[]> {
    const prefix = openReleasesPrefix(scope);
    const services = (await store.list(prefix)).map((key) => key.slice(prefix.length, -".json".length));
    const journals = await Promise.all(services.map(open));
    return services.filter((_, index) => journals[index] !== undefined);
  }

  async function closed(limit: number, service: string | undefined): Promise<readonly Journal[]> {
    const ending = service === undefined ? ".json" : `-${service}.json`;
    const keys = [...(await store.list(closedReleasesPrefix(scope)))].reverse().filter((key) => key.endsWith(ending));
    const found: Journal[] = [];
    // `web` also ends the keys of `admin-web`.
    for (let start = 0; start < keys.length && found.length < limit; start += batch)
      found.push(
        ...(await recordsAt(journalForm, store, keys.slice(start, start + batch))).filter(
          ({ plan }) => service === undefined || plan.service === service,
        ),
      );
    return found.slice(0, limit);
  }

  return {
    async create(journal) {
      for (;;) {
        const created = await write(journal, absent);
        if (created !== undefined) return created;
        const other = await open(journal.plan.service);
        if (other !== undefined) throw releaseOpen(other.journal);
      }
    },
    open,
    openServices,
    write,
    async close(journal, version) {
      if (!isClosed(journal)) throw new Error(`the journal ${journal.id} has no end`);
      const last = await write(journal, version);
      if (last !== undefined) return bury(last.journal, last.version);
      const other = await open(journal.plan.service);
      if (other !== undefined || (await store.get(closedReleaseKey(scope, journal))) === undefined)
        throw changedError(journal);
    },
    async latest(limit, service) {
      const services = service === undefined ? await openServices() : [service];
      const running = (await Promise.all(services.map(open))).flatMap((one) =>
        one === undefined ? [] : [one.journal],
      );
      return [...running, ...(await closed(limit, service))]
        .sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt))
        .slice(0, limit);
    },
  };
}

const isClosed = ({ entries }: Journal): boolean => entries.some(({ kind }) => kind === "closed");

const changedError = ({ id, stack, plan }: Journal): SlipwayError =>
  new SlipwayError({
    code: "journal-changed",
    exitCode: exitCodes.failed,
    message: `The journal of the release ${id} of ${plan.service} was changed by another process while it was being closed.`,
    remedy: `See \`slipway release status ${stack} ${plan.service}\`; \`slipway release resume ${stack} ${plan.service}\` closes it.`,
  });
