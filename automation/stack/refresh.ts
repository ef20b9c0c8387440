import type { Context } from "../context";
import { exitCodes } from "../model/errors";
import type { Report } from "../model/report";
import { watched } from "../ports/watched";
import { confirmed, type Consent } from "./ask-first";
import { changeData, changeTable, pending } from "./changes";
import { changing, type ChangingContext, type LockOptions, type UnderLock } from "./changing";
import { refuseOpenReleases } from "./open-releases";
import { runOptions, stopping, type RunOptions } from "./run-options";

export type RefreshOptions = Pick<RunOptions, "layer"> & Consent & LockOptions;
type RefreshContext = ChangingContext & Pick<Context, "engine" | "journals" | "serviceLock">;

/** Writes into the state what the cloud really looks like; shows it and asks first. The cloud stays as it is. */
export const refresh = (context: RefreshContext, options: RefreshOptions): Promise<Report> =>
  changing(context, { command: "refresh", options, asked: { layer: options.layer } }, (under) =>
    refreshUnderLock(context, options, under),
  );

async function refreshUnderLock(context: RefreshContext, options: RefreshOptions, under: UnderLock): Promise<Report> {
  if (options.dryRun !== true) await refuseOpenReleases(context);
  const { engine, output, stack } = context;
  const run = { ...runOptions(options), ...stopping(under) };
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
  await under.assertHeld();
  await watched(output, `Refresh of ${stack}`, (onProgress) =>
    under.engineRun(() => engine.refresh({ ...run, onProgress })),
  );
  return {
    summary: `The state of ${stack} now has ${changes.length} change(s) made elsewhere.\n\nNext:\n  slipway preview ${stack}    what would put the environment back`,
    data: { outcome: "refreshed", ...data },
  };
}
