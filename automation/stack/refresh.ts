import type { Context } from "../context";
import { exitCodes } from "../model/errors";
import type { Report } from "../model/report";
import { watched } from "../ports/watched";
import { confirmed, requireConsent, type Consent } from "./ask-first";
import { changeData, changeTable, pending } from "./changes";
import { guardAccount } from "./guard";
import { runOptions, type RunOptions } from "./run-options";

/** Writes into the state what the cloud really looks like; shows it and asks first. The cloud stays as it is. */
export async function refresh(
  context: Pick<Context, "stack" | "config" | "engine" | "identity" | "output">,
  options: Pick<RunOptions, "layer"> & Consent,
): Promise<Report> {
  const { engine, output, stack } = context;
  requireConsent(output, options);
  await guardAccount(context);
  const run = runOptions(options);
  const look = await watched(
    output,
    `Comparison of ${stack} with the cloud`,
    (onProgress) => engine.refresh({ ...run, previewOnly: true, onProgress }),
    "preview",
  );
  const changes = pending(look.changes);
  const data = { changes: changes.map(changeData) };
  if (changes.length === 0)
    return { summary: `The state of ${stack} is what the cloud looks like.`, data: { outcome: "unchanged", ...data } };
  output.say(changeTable(changes));
  if (options.dryRun === true)
    return { summary: "A dry run: the state was not changed.", data: { outcome: "dry-run", ...data } };
  if (!(await confirmed(output, "Write this into the state? (yes/no):", "yes", options))) {
    return {
      summary: "Not confirmed: the state was not changed.",
      data: { outcome: "declined", ...data },
      exitCode: exitCodes.failed,
    };
  }
  await watched(output, `Refresh of ${stack}`, (onProgress) => engine.refresh({ ...run, onProgress }));
  return {
    summary: `The state of ${stack} now has ${changes.length} change(s) made elsewhere.\n\nNext:\n  slipway preview ${stack}    what would put the environment back`,
    data: { outcome: "refreshed", ...data },
  };
}
