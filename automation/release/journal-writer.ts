import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import type { Journal, JournalFact } from "../model/release/journal";
import type { StoredJournal } from "../ports/journals";

/** The journal of one release in the hands of whoever holds the lock of its service. */
export interface JournalWriter {
  /** As it is in the store now: others may have asked for the way back. @throws SlipwayError `lock-lost` */
  read(): Promise<Journal>;
  /** @throws SlipwayError `lock-lost` when somebody with a later lock has written */
  append(fact: JournalFact): Promise<Journal>;
  /** Moves it to the closed ones. */
  close(): Promise<void>;
}

/** Others only ever append a wish, so a conflict means to read again and write once more; so often at most. */
const attempts = 5;

/**
 * @param fence of the lock that is held now
 */
export function journalWriter(
  { journals, clock, machine }: Pick<Context, "journals" | "clock" | "machine">,
  stored: StoredJournal,
  fence: number,
): JournalWriter {
  let known = stored;
  const { service } = stored.journal.plan;

  const read = async (): Promise<Journal> => {
    const found = await journals.open(service);
    if (found === undefined || found.journal.id !== known.journal.id || found.journal.fence > fence)
      throw lost(service, found?.journal);
    known = found;
    return found.journal;
  };
  return {
    read,
    async append(fact) {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const { journal, version } = known;
        const next: Journal = {
          ...journal,
          fence,
          ...(fact.kind === "closed" ? { finishedAt: machine.now().toISOString() } : {}),
          entries: [...journal.entries, { ...fact, at: clock.now().toISOString() }],
        };
        const written = await journals.write(next, version);
        if (written !== undefined) {
          known = written;
          return written.journal;
        }
        await read();
      }
      throw new SlipwayError({
        code: "journal-contended",
        exitCode: exitCodes.failed,
        message: `The record of the release of ${service} is changed by others all the time.`,
        remedy: `Nothing was lost: \`slipway release resume\` goes on.`,
      });
    },
    close: () => journals.close(known.journal, known.version),
  };
}

const lost = (service: string, found: Journal | undefined): SlipwayError =>
  new SlipwayError({
    code: "lock-lost",
    exitCode: exitCodes.locked,
    message:
      found === undefined
        ? `The release of ${service} was finished by somebody else.`
        : `The release of ${service} is in other hands now (${found.id}).`,
    remedy: "This run has stopped acting. See `slipway release status`.",
  });
