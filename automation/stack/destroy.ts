import type { Context } from "../context";
import { classify } from "../gate/classify";
import type { Change } from "../model/change";
import { exitCodes, SlipwayError } from "../model/errors";
import type { Layer } from "../model/layer";
import type { Report } from "../model/report";
import { textTable } from "../model/text-table";
import type { StateResource } from "../ports/engine";
import { watched } from "../ports/watched";
import { confirmed, type Consent } from "./ask-first";
import { changing, type ChangingContext, type LockOptions, type UnderLock } from "./changing";
import { dependentLayers, layerOf } from "./layer-of";
import { losses } from "./losses";
import { refuseOpenReleases } from "./open-releases";
import { runOptions, stopping, type RunOptions } from "./run-options";

export type DestroyOptions = Pick<RunOptions, "layer"> & Consent & LockOptions;
type DestroyContext = ChangingContext & Pick<Context, "engine" | "journals" | "serviceLock">;

/**
 * Deletes an environment or a layer of it, against the order in which it was built, after showing what is lost.
 * The gate is for deployments: here it only names what it would have stopped.
 */
export const destroy = (context: DestroyContext, options: DestroyOptions): Promise<Report> =>
  changing(context, { command: "destroy", options, asked: { layer: options.layer } }, (under) =>
    destroyUnderLock(context, options, under),
  );

async function destroyUnderLock(context: DestroyContext, options: DestroyOptions, under: UnderLock): Promise<Report> {
  if (options.dryRun !== true) await refuseOpenReleases(context);
  const { engine, output, stack } = context;
  const { resources } = await engine.state();
  const affected = resources.filter(
    ({ custom, urn }) => custom && (options.layer === undefined || layerOf(urn) === options.layer),
  );
  if (affected.length === 0) return { summary: `${stack} has nothing to destroy.`, data: { outcome: "unchanged" } };
  if (options.layer !== undefined) refuseLayerInUse(options.layer, resources);
  const data = { ...showLosses(context, affected), resources: affected.length };
  if (options.dryRun === true)
    return { summary: "A dry run: nothing was changed.", data: { outcome: "dry-run", ...data } };
  if (!(await confirmed(output, `Type the name of the stack (${stack}) to destroy it:`, stack, options))) {
    return {
      summary: "Not confirmed: nothing was changed.",
      data: { outcome: "declined", ...data },
      exitCode: exitCodes.failed,
    };
  }
  await under.assertHeld();
  return apply(context, options, under, data);
}

async function apply(
  { engine, output, stack }: DestroyContext,
  options: DestroyOptions,
  under: UnderLock,
  data: Readonly<Record<string, unknown>>,
): Promise<Report> {
  const run = { ...runOptions(options), ...stopping(under) };
  // AWS and the engine both refuse while these guards are on; the confirmation above is what they stand for.
  await watched(output, `Taking the guards off ${stack}`, (onProgress) =>
    under.engineRun(() => engine.liftGuards({ ...run, onProgress })),
  );
  await under.assertHeld();
  const result = await watched(output, `Destruction of ${stack}`, (onProgress) =>
    under.engineRun(() => engine.destroy({ ...run, onProgress })),
  );
  return {
    summary: `${options.layer === undefined ? stack : `Layer ${options.layer} of ${stack}`} is destroyed.`,
    data: { outcome: "destroyed", ...data, durationMs: result.durationMs },
  };
}

function showLosses(
  { output, stack }: DestroyContext,
  affected: readonly StateResource[],
): Readonly<Record<string, unknown>> {
  const lost = losses(affected);
  const verdict = classify({ changes: affected.map(asDeletion), firstDeployment: false });
  const critical = verdict.kind === "block" ? verdict.blocks : [];
  output.say(`${affected.length} resources of ${stack} will be deleted.`);
  if (critical.length > 0)
    output.say(
      textTable(
        ["Resource", "Type", "Danger"],
        critical.map(({ name, type, danger }) => [name, type, danger]),
      ),
    );
  if (lost.length > 0)
    output.say(
      `Lost for good:\n\n${textTable(
        ["What", "Resource", "What remains"],
        lost.map(({ what, name, remains }) => [what, name, remains]),
      )}`,
    );
  return { losses: lost, findings: critical };
}

function refuseLayerInUse(layer: Layer, resources: readonly StateResource[]): void {
  const present = new Set(resources.filter(({ custom }) => custom).flatMap(({ urn }) => layerOf(urn) ?? []));
  const above = dependentLayers(layer, [...present]);
  if (above.length === 0) return;
  throw new SlipwayError({
    code: "layer-in-use",
    exitCode: exitCodes.blocked,
    message: `Layer ${layer} carries ${above.join(", ")}; nothing was changed.`,
    remedy: `Destroy first, in this order: ${[...above].reverse().join(", ")}.`,
  });
}

const asDeletion = ({ urn, type, name, custom, protect, inputs }: StateResource): Change => ({
  urn,
  type,
  name,
  custom,
  op: "delete",
  diffs: [],
  replaceKeys: [],
  wasProtected: false,
  isProtected: protect,
  oldInputs: inputs,
  newInputs: null,
});
