import type { Context } from "../context";
import { exitCodes } from "../model/errors";
import type { Report } from "../model/report";
import { confirmed, requireConsent, type Consent } from "./ask-first";
import { guardAccount } from "./guard";

/**
 * Ends a run that another process left behind, and lists the operations whose outcome nobody knows.
 * A run that is still alive is cut off by this, which is why it asks.
 */
export async function cancel(
  context: Pick<Context, "stack" | "config" | "engine" | "identity" | "output">,
  options: Consent,
): Promise<Report> {
  const { engine, output, stack } = context;
  requireConsent(output, options);
  await guardAccount(context);
  if (options.dryRun === true) return { summary: await pendingText(context), data: { outcome: "dry-run" } };
  output.say(`A run on ${stack} that is still alive would be cut off, and what it is making could be forgotten.`);
  if (!(await confirmed(output, "Cancel it? (yes/no):", "yes", options))) {
    return {
      summary: "Not confirmed: nothing was cancelled.",
      data: { outcome: "declined" },
      exitCode: exitCodes.failed,
    };
  }
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
