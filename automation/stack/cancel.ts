import type { Context } from "../context";
import { exitCodes } from "../model/errors";
import type { Report } from "../model/report";
import { confirmed, type Consent } from "./ask-first";
import { changing, type ChangingContext, type LockOptions, type UnderLock } from "./changing";

export type CancelOptions = Consent & LockOptions;
type CancelContext = ChangingContext & Pick<Context, "engine">;

/**
 * Ends a run that another process left behind, and lists the operations whose outcome nobody knows. It needs the lock,
 * so it cuts off no living run of Slipway; a living run of plain `pulumi` it would cut off, which is why it asks.
 */
export const cancel = (context: CancelContext, options: CancelOptions): Promise<Report> =>
  changing(context, { command: "cancel", options }, (under) => cancelUnderLock(context, options, under));

async function cancelUnderLock(context: CancelContext, options: CancelOptions, under: UnderLock): Promise<Report> {
  const { engine, output, stack } = context;
  if (options.dryRun === true) return { summary: await pendingText(context), data: { outcome: "dry-run" } };
  output.say(
    `A run of plain \`pulumi\` on ${stack} that is still alive would be cut off, and what it is making could be forgotten.`,
  );
  if (!(await confirmed(output, "Cancel it? (yes/no):", "yes", options))) {
    return {
      summary: "Not confirmed: nothing was cancelled.",
      data: { outcome: "declined" },
      exitCode: exitCodes.failed,
    };
  }
  await under.assertHeld();
  await engine.cancel();
  const { pendingOperations } = await engine.state();
  return {
    summary: `The run on ${stack} is cancelled.\n\n${await pendingText(context)}`,
    data: { outcome: "cancelled", pendingOperations },
  };
}

async function pendingText({ engine, stack }: Pick<Context, "engine" | "stack">): Promise<string> {
  const { pendingOperations } = await engine.state();
  if (pendingOperations.length === 0) return "No operation is pending.";
  const lines = pendingOperations.map(({ operation, urn }) => `  ${operation} ${urn}`);
  return [
    "Pending operations, whose outcome is not known:",
    ...lines,
    `Look at them in the cloud, then: slipway refresh ${stack}`,
  ].join("\n");
}
