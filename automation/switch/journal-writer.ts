import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import type { SwitchFact, SwitchJournal } from "../model/switch/journal";
import type { StoredSwitch } from "../ports/switch-records";

/** The journal of a running switch; every entry is in the store before the next thing is done. */
export interface SwitchWriter {
  readonly journal: SwitchJournal;
  /** @throws SlipwayError `lock-lost` when somebody else has written */
  append(fact: SwitchFact): Promise<void>;
}

/** @param fence of the lock under which is written now */
export function switchWriter(
  { switches, clock }: Pick<Context, "switches" | "clock">,
  stored: StoredSwitch,
  fence: number,
): SwitchWriter {
  let known = stored;
  return {
    get journal() {
      return known.journal;
    },
    async append(fact) {
      const entry = { ...fact, at: clock.now().toISOString() };
      const next = { ...known.journal, fence, entries: [...known.journal.entries, entry] };
      const written = await switches.write(next, known.version);
      if (written === undefined) throw changedElsewhere(known.journal);
      known = written;
    },
  };
}

const changedElsewhere = ({ plan }: SwitchJournal): SlipwayError =>
  new SlipwayError({
    code: "lock-lost",
    exitCode: exitCodes.locked,
    message: `The record of the switch of ${plan.name} was written by somebody else. This run has stopped.`,
    remedy: `See \`slipway switch ${plan.sides[plan.to].stack} --status\`.`,
  });
