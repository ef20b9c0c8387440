import type { Context } from "../context";
import type { Journal, JournalFact } from "../model/release/journal";
import type { StoredJournal } from "../ports/journals";

/**
 * Adds what somebody wants to the open record of a service, which another process may be writing: as often as it takes.
 *
 * @param wish undefined when nothing is to be added to this record
 * @returns the record as it is now; undefined when none is open
 */
export async function appendWish(
  { journals, clock }: Pick<Context, "journals" | "clock">,
  service: string,
  wish: (journal: Journal) => JournalFact | undefined,
): Promise<StoredJournal | undefined> {
  for (;;) {
    const stored = await journals.open(service);
    const fact = stored === undefined ? undefined : wish(stored.journal);
    if (stored === undefined || fact === undefined) return stored;
    const { journal, version } = stored;
    const entries = [...journal.entries, { ...fact, at: clock.now().toISOString() }];
    const written = await journals.write({ ...journal, entries }, version);
    if (written !== undefined) return written;
  }
}
