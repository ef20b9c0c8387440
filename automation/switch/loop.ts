import type { Context } from "../context";
import { CloudError } from "../model/cloud-error";
import { exitCodes, SlipwayError } from "../model/errors";
import type { CheckResult } from "../model/release/observed";
import type { SwitchAction } from "../model/switch/action";
import { decideSwitch } from "../model/switch/decide";
import type { SwitchJournal } from "../model/switch/journal";
import type { SwitchObserved } from "../model/switch/observed";
import { otherColour, type Colour, type SwitchPlan } from "../model/switch/plan";
import type { StoredSwitch } from "../ports/switch-records";
import { runChecks } from "../release/checks";
import { switchWriter, type SwitchWriter } from "./journal-writer";
import { lookAt, type LookContext } from "./look";

export type LoopContext = LookContext & Pick<Context, "http" | "switches">;

export interface LoopOptions {
  /** Fencing number of the lock of the name. */
  readonly fence: number;
  /** Right before the weights are changed. @throws SlipwayError `lock-lost` */
  readonly assertHeld: () => Promise<void>;
  /** Fires when the lock is lost, with the reason: nothing more is done then. */
  readonly signal?: AbortSignal;
  /** Fires at Ctrl-C: what is being done is finished, and the rest is left to whoever goes on. */
  readonly stop?: AbortSignal;
  /** Told every decision. */
  readonly show: (action: SwitchAction, journal: SwitchJournal, seen: SwitchObserved) => void;
  /** Before the record is closed; done again when a kill came between. */
  readonly atEnd: (journal: SwitchJournal) => Promise<void>;
}

/** Between two tries of a call that AWS did not take. */
const againMs = 1_000;
/** Nobody learns anything from asking longer; the record stays. */
const longestBlindMs = 15 * 60_000;

/**
 * Observes, decides, acts and writes down, until the switch is over; gives its journal. Killed anywhere, it goes on from
 * the stored journal: the weights are written as they should be, not moved by a difference.
 *
 * @throws SlipwayError `lock-lost` (exit 4), `aws-unreachable`, `aws` or `interrupted` (exit 1); the journal stays open then
 */
export async function runSwitch(
  context: LoopContext,
  stored: StoredSwitch,
  options: LoopOptions,
): Promise<SwitchJournal> {
  const { plan } = stored.journal;
  const writer = switchWriter(context, stored, options.fence);
  const look = lookAt(context, plan);
  let checks: CheckResult | undefined;
  for (;;) {
    options.signal?.throwIfAborted();
    if (options.stop?.aborted === true) throw interrupted(writer.journal);
    try {
      const looked = await look(writer.journal);
      refuseBlindness(looked, plan, context.clock.now());
      const seen = looked.kind === "blind" || checks === undefined ? looked : { ...looked, checks };
      checks = undefined;
      const action = decideSwitch(plan, seen, writer.journal, context.clock.now());
      options.show(action, writer.journal, seen);
      if (action.kind === "stop") return writer.journal;
      checks = await act(context, writer, action, options);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.kind !== "transient") throw stuckAt(error, writer.journal);
      // The same decision comes again, and says the same weights.
      await context.clock.sleep(againMs);
    }
  }
}

async function act(
  context: LoopContext,
  writer: SwitchWriter,
  action: Exclude<SwitchAction, { kind: "stop" }>,
  { assertHeld, atEnd }: LoopOptions,
): Promise<CheckResult | undefined> {
  const { plan } = writer.journal;
  switch (action.kind) {
    case "wait":
      await context.clock.sleep(action.ms);
      return undefined;
    case "check":
      return runChecks(context, action.side === "direct" ? plan.directChecks : plan.publicChecks);
    case "note": {
      const { fact } = action;
      const at = context.clock.now().toISOString();
      // Twice is better than never, so the history comes first.
      if (fact.kind === "closed")
        await atEnd({ ...writer.journal, entries: [...writer.journal.entries, { ...fact, at }] });
      await writer.append(fact);
      return undefined;
    }
    case "shift": {
      const { step, percent } = action;
      await writer.append({ kind: "shifting", step, percent });
      const change = await weigh(context, plan, { colour: plan.to, percent }, assertHeld);
      await writer.append({ kind: "shifted", step, percent, change });
      return undefined;
    }
    case "restore": {
      const { colour } = action;
      await writer.append({ kind: "restoring", colour });
      const change = await weigh(context, plan, { colour, percent: 100 }, assertHeld);
      await writer.append({ kind: "restored", colour, change });
      return undefined;
    }
  }
}

async function weigh(
  { dns }: LoopContext,
  plan: SwitchPlan,
  { colour, percent }: { readonly colour: Colour; readonly percent: number },
  assertHeld: LoopOptions["assertHeld"],
): Promise<string> {
  await assertHeld();
  const weights = { [colour]: percent, [otherColour(colour)]: 100 - percent } as Record<Colour, number>;
  return dns.weigh(plan, weights);
}

function refuseBlindness(seen: SwitchObserved, plan: SwitchPlan, now: Date): void {
  if (seen.kind !== "blind" || now.getTime() - Date.parse(seen.since) < longestBlindMs) return;
  throw new SlipwayError({
    code: "aws-unreachable",
    exitCode: exitCodes.failed,
    message: `AWS could not be asked about ${plan.name} since ${seen.since}: ${seen.error}`,
    remedy: `Its record is kept. When AWS answers again: ${howOn(plan)}.`,
  });
}

const stuckAt = (error: CloudError, { plan, entries }: SwitchJournal): SlipwayError => {
  const moved = entries.some(({ kind }) => kind === "shifting");
  return new SlipwayError(
    {
      code: "aws",
      exitCode: exitCodes.failed,
      message: error.message,
      remedy: `${moved ? "The weights stay as they are" : "Nothing was changed"}, and the record is kept. When that is put right: ${howOn(plan)}.`,
      data: { operation: error.operation, code: error.code, kind: error.kind },
    },
    { cause: error },
  );
};

const interrupted = ({ plan }: SwitchJournal): SlipwayError =>
  new SlipwayError({
    code: "interrupted",
    exitCode: exitCodes.failed,
    message: `Interrupted: the switch of ${plan.name} is where it was, and nobody goes on with it.`,
    remedy: `Now: ${howOn(plan)}.`,
  });

const howOn = ({ sides, to }: SwitchPlan): string =>
  `\`slipway switch ${sides[to].stack}\` goes on, \`slipway switch ${sides[to].stack} --back\` goes back`;
