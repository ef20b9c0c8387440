import { usageError } from "../model/errors";
import type { Output } from "../ports/output";

/** What an operator has said beforehand. */
export interface Consent {
  /** Do not ask. @default false */
  readonly yes?: boolean;
  /** Show what would be done and end. @default false */
  readonly dryRun?: boolean;
}

/**
 * Ends a command that would have to ask and cannot, before it does anything.
 *
 * @throws SlipwayError `usage` (exit 2)
 */
export function requireConsent(output: Output, { yes = false, dryRun = false }: Consent): void {
  if (yes || dryRun || output.interactive) return;
  throw usageError(
    "There is no terminal to ask on, so nothing was done.",
    "Say --yes to go on without a question, or --dry-run to look only.",
  );
}

/** Asks, unless `--yes` has answered already. Only the exact answer goes on. */
export async function confirmed(
  output: Output,
  question: string,
  answer: string,
  { yes = false }: Consent,
): Promise<boolean> {
  return yes || (await output.ask(question)) === answer;
}
