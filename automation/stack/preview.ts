import type { Context } from "../context";
import { exitCodes } from "../model/errors";
import type { Report } from "../model/report";
import { watched } from "../ports/watched";
import { changeData, changeTable, pending, totals } from "./changes";
import { runOptions, type RunOptions } from "./run-options";

export interface PreviewOptions extends RunOptions {
  /** Any change is a failure (exit 1). @default false */
  readonly expectNoChanges?: boolean;
}

/** Shows what `up` would do; changes nothing. */
export async function preview(
  { engine, output, stack }: Pick<Context, "engine" | "output" | "stack">,
  options: PreviewOptions,
): Promise<Report> {
  const result = await watched(
    output,
    `Preview of ${stack}`,
    (onProgress) => engine.preview({ ...runOptions(options), onProgress }),
    "preview",
  );
  await engine.discardPlan(result.planFile);
  const changes = pending(result.changes);
  const { exists, durationMs, changedOutputs = [] } = result;
  const data = { changes: changes.map(changeData), changedOutputs, exists, durationMs };
  if (changes.length === 0)
    return {
      summary: changedOutputs.length === 0 ? "No changes." : `No changes but to outputs: ${changedOutputs.join(", ")}.`,
      data,
    };
  const summary = `${changeTable(changes)}\n\n${totals(changes)}`;
  if (options.expectNoChanges !== true) return { summary, data };
  return { summary: `${summary}\n\nNo changes were expected.`, data, exitCode: exitCodes.failed };
}
