import type { Context } from "../context";
import { exitCodes, SlipwayError, withExitCode } from "../model/errors";
import type { Layer } from "../model/layer";
import type { Report } from "../model/report";
import { watched } from "../ports/watched";
import { findingsOf } from "./describe";
import { judge, type GateContext, type GateOutcome } from "./judge";
import type { OverrideWords } from "./override";

export interface GateOptions extends OverrideWords {
  readonly layer?: Layer | undefined;
  readonly refresh?: boolean;
}

/**
 * Previews the stack and says whether the changes may be deployed. A preview that fails closes the gate: its error
 * ends the command with a code that is not 0.
 *
 * @returns exit code 0 for safe changes, warnings and an override; 1 when a change is blocked
 */
export async function gate(
  context: GateContext & Pick<Context, "engine" | "history">,
  options: GateOptions,
): Promise<Report> {
  const { engine, output, stack } = context;
  const { layer, refresh = false } = options;
  const run = { ...(layer === undefined ? {} : { layer }), refresh };
  const preview = await watched(
    output,
    `Preview of ${stack}`,
    (onProgress) => engine.preview({ ...run, onProgress }),
    "preview",
  ).catch(failClosed);
  await engine.discardPlan(preview.planFile);
  const outcome = await judge(context, preview, options);
  if (outcome.kind === "overridden") await context.history.append(outcome.override);
  return gateReport(outcome);
}

/** What cannot be judged is blocked, and the gate's own contract has one code for that, whatever the reason. */
function failClosed(error: unknown): never {
  throw error instanceof SlipwayError ? withExitCode(error, exitCodes.failed) : error;
}

function gateReport(outcome: GateOutcome): Report {
  const { verdict } = outcome;
  const data = { verdict: verdict.kind, gate: outcome.kind, findings: findingsOf(verdict) };
  switch (outcome.kind) {
    case "open":
      return { summary: verdict.kind === "warn" ? "The gate is open, with warnings." : "The gate is open.", data };
    case "closed":
      return {
        summary: "The gate is closed. Nothing may be deployed without review, justification and approval.",
        data,
        exitCode: exitCodes.failed,
      };
    case "overridden":
      return {
        summary: "The gate is closed, and overridden; the override is recorded.",
        data: { ...data, override: outcome.override },
      };
  }
}
