import type { Context } from "../../../automation/context";
import type { JournalFact } from "../../../automation/model/release/journal";
import type { StoredJournal } from "../../../automation/ports/journals";
import { failureOf, type Outcome } from "../../../sandbox/load/outcome";
import { runLoad } from "../../../sandbox/load/run-load";
import { loadPorts } from "../../../sandbox/load/sockets";

/** Told of every entry that a driver has written. */
export function noticed(journals: Context["journals"], see: (fact: JournalFact) => Promise<void>): Context["journals"] {
  const told = async <T extends StoredJournal | undefined>(stored: T): Promise<T> => {
    const last = stored?.journal.entries.at(-1);
    if (last !== undefined) await see(last);
    return stored;
  };
  return {
    ...journals,
    create: async (journal) => told(await journals.create(journal)),
    write: async (journal, version) => told(await journals.write(journal, version)),
  };
}

/** A load on one path, until it is stopped. */
export interface Load {
  /** What failed, as status and version. */
  stop(): Promise<{ readonly sent: number; readonly failed: readonly string[] }>;
}

export function startLoad(origin: string, path: string, rps: number): Load {
  const ports = loadPorts({ connections: 64, timeoutMs: 15_000 });
  const failed: string[] = [];
  const end = new AbortController();
  const keep = (outcome: Outcome): void => {
    const failure = failureOf(outcome);
    if (failure === undefined) return;
    failed.push(outcome.kind === "answer" ? `${failure} of ${outcome.version ?? "nobody"}` : failure);
  };
  const load = runLoad(
    { targets: [{ origin, path, headers: {} }], rps, durationMs: 3_600_000 },
    {
      ...ports,
      stop: end.signal,
      send: (target, done) =>
        ports.send(target, (outcome) => {
          keep(outcome);
          done(outcome);
        }),
    },
  );
  return {
    async stop() {
      end.abort();
      const { sent } = await load;
      ports.close();
      return { sent, failed };
    },
  };
}
