import type { Context } from "../context";
import { findingsOf } from "../gate/describe";
import { judge, type GateOutcome } from "../gate/judge";
import type { OverrideWords } from "../gate/override";
import { exitCodes, SlipwayError } from "../model/errors";
import type { Report } from "../model/report";
import type { PreviewResult } from "../ports/engine";
import { watched } from "../ports/watched";
import { confirmed, type Consent } from "./ask-first";
import { changeData, changeTable, pending, totals } from "./changes";
import { changing, type ChangingContext, type LockOptions, type UnderLock } from "./changing";
import { refuseOpenReleases } from "./open-releases";
import { outputData, outputTable } from "./outputs";
import { runOptions, stopping, type RunOptions } from "./run-options";

export type UpOptions = RunOptions & Consent & LockOptions & OverrideWords;

type UpContext = ChangingContext & Pick<Context, "engine" | "skipDiffGate" | "journals" | "serviceLock">;

/** Deploys an environment: guard, lock, preview, gate, question, and then exactly what was previewed. */
export const up = (context: UpContext, options: UpOptions): Promise<Report> =>
  changing(context, { command: "up", options, asked: { layer: options.layer, refresh: options.refresh } }, (under) =>
    upUnderLock(context, options, under),
  );

async function upUnderLock(context: UpContext, options: UpOptions, under: UnderLock): Promise<Report> {
  if (options.dryRun !== true) await refuseOpenReleases(context);
  const { engine, output, stack } = context;
  const preview = await watched(
    output,
    `Preview of ${stack}`,
    (onProgress) => engine.preview({ ...runOptions(options), ...stopping(under), onProgress }),
    "preview",
  );
  try {
    return await afterPreview(context, preview, options, under);
  } finally {
    await engine.discardPlan(preview.planFile);
  }
}

async function afterPreview(
  context: UpContext,
  preview: PreviewResult,
  options: UpOptions,
  under: UnderLock,
): Promise<Report> {
  const { output, stack } = context;
  const changes = pending(preview.changes);
  const { changedOutputs = [] } = preview;
  if (changes.length === 0 && changedOutputs.length === 0)
    return { summary: `${stack} is up to date: nothing to change.`, data: { outcome: "unchanged", changes: [] } };
  const gate = await judge(context, preview, options);
  if (gate.kind === "closed") throw gateBlocked(gate);
  output.say(changes.length === 0 ? outputsOnly(changedOutputs) : `${changeTable(changes)}\n\n${totals(changes)}`);
  const data = {
    changes: changes.map(changeData),
    changedOutputs,
    gate: gate.kind,
    findings: findingsOf(gate.verdict),
  };
  if (options.dryRun === true)
    return { summary: "A dry run: nothing was changed.", data: { outcome: "dry-run", ...data } };
  if (!(await confirmed(output, "Execute this changeset? (yes/no):", "yes", options))) {
    return {
      summary: "Not confirmed: nothing was changed.",
      data: { outcome: "declined", ...data },
      exitCode: exitCodes.failed,
    };
  }
  await under.assertHeld();
  if (gate.kind === "overridden") await context.history.append(gate.override);
  return apply(context, preview, options, under, data);
}

async function apply(
  { engine, output, stack }: UpContext,
  { planFile }: PreviewResult,
  options: UpOptions,
  under: UnderLock,
  data: Readonly<Record<string, unknown>>,
): Promise<Report> {
  const result = await watched(output, `Update of ${stack}`, (onProgress) =>
    under.engineRun(() => engine.up({ ...runOptions(options), ...stopping(under), planFile, onProgress })),
  );
  const found = await engine.outputs();
  return {
    summary: [`${stack} is deployed (${seconds(result.durationMs)}).`, outputTable(found), nextSteps(stack)].join(
      "\n\n",
    ),
    data: { outcome: "deployed", ...data, outputs: outputData(found), durationMs: result.durationMs },
  };
}

const outputsOnly = (names: readonly string[]): string => `No resource changes; these outputs do: ${names.join(", ")}.`;

const nextSteps = (stack: string): string =>
  [
    "Next:",
    `  slipway outputs ${stack}    what the environment is called by`,
    `  slipway drift ${stack}      whether somebody has changed it by hand`,
  ].join("\n");

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function gateBlocked({ verdict }: GateOutcome): SlipwayError {
  const findings = findingsOf(verdict);
  return new SlipwayError({
    code: "gate-blocked",
    exitCode: exitCodes.blocked,
    message: "The diff gate is closed; nothing was changed.",
    remedy:
      "Review the findings. In an emergency: SKIP_DIFF_GATE=true with --justification <issue or pull request> and --approved-by <name>.",
    data: { findings },
  });
}
