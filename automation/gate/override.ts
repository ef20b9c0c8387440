import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import type { Finding } from "../model/finding";
import type { GateOverride } from "../ports/history";

/** What an operator has said in favour of going on although the gate is closed. */
export interface OverrideWords {
  readonly justification?: string | undefined;
  readonly approvedBy?: string | undefined;
}

/**
 * The record that an override leaves. What is missing is asked for on a terminal.
 *
 * @throws SlipwayError `gate-override-incomplete` (exit 3) without a justification or an approver
 */
export async function overrideRecord(
  { stack, identity, machine, output }: Pick<Context, "stack" | "identity" | "machine" | "output">,
  findings: readonly Finding[],
  words: OverrideWords,
): Promise<GateOverride> {
  const answer = async (given: string | undefined, question: string): Promise<string> =>
    (given ?? (output.interactive ? await output.ask(question) : "")).trim();
  const justification = await answer(
    words.justification,
    "Why must this go on although the gate is closed? (issue or pull request):",
  );
  const approvedBy = await answer(words.approvedBy, "Who of the team has approved it?:");
  if (justification === "" || approvedBy === "") {
    throw new SlipwayError({
      code: "gate-override-incomplete",
      exitCode: exitCodes.blocked,
      message: "SKIP_DIFF_GATE needs a justification and an approver; at least one of them is missing.",
      remedy: "Give both: --justification <issue or pull request> --approved-by <name>.",
    });
  }
  const { arn } = await identity.caller();
  return {
    kind: "gate-override",
    at: machine.now().toISOString(),
    stack,
    by: arn,
    justification,
    approvedBy,
    findings,
  };
}
