import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { ProgramInputs } from "../../infra/program-inputs";
import type { Releases } from "../../infra/releases";
import type { Change } from "../model/change";
import { exitCodes, SlipwayError } from "../model/errors";
import { layers } from "../model/layer";
import { timestamp } from "../model/timestamp";
import type { Clock } from "../ports/clock";
import type { Engine, EngineRunOptions, PreviewResult } from "../ports/engine";
import type { Interrupts } from "../ports/interrupts";
import type { ResolvedEngine } from "./engine-resolver";
import { guardedUrns } from "./pulumi-state";
import { releaseEngine } from "./pulumi-releases";
import { layerOfUrn, layerPattern } from "./pulumi-targets";
import { stackRunner, type StackRunner } from "./stack-runner";

export interface PulumiEngineOptions {
  readonly stack: string;
  readonly project: string;
  /** Holds `Pulumi.yaml` and the stack files; only read. */
  readonly folder: string;
  /** Asked at the first operation, so that a command without one needs no engine. */
  readonly resolve: () => Promise<Pick<ResolvedEngine, "path" | "version">>;
  /** The whole environment of the engine and its plugins. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Bytes that may still be written where the state is. @default nobody can say, so nobody minds */
  readonly stateRoom?: () => Promise<number | undefined>;
  /** What is to be built; `program` of `infra/program`, loaded when it is first run. */
  readonly program: (inputs: ProgramInputs) => Promise<Record<string, unknown>>;
  /** Loads what `program` needs; called while the engine is at work. @default nothing */
  readonly prepare?: () => Promise<unknown>;
  /** The next releases. @default what the stack remembers */
  readonly releases?: Releases;
  /** @default nothing interrupts */
  readonly interrupts?: Pick<Interrupts, "stop" | "terminate">;
}

const planPrefix = "slipway-plan-";

/** The Pulumi engine on one stack, with the program inside this process. */
export function pulumiEngine(options: PulumiEngineOptions): Engine {
  const { stack, project, clock } = options;
  // One for all runs: an update whose inputs differ from its preview's would violate the approved plan.
  const startedAt = timestamp(clock.now());
  const inputs: ProgramInputs = {
    startedAt,
    ...(options.releases === undefined ? {} : { releases: options.releases }),
  };
  let isRunExpected = false;
  const onStart = ([verb]: readonly string[]): void => {
    const runsProgram = verb === "preview" || verb === "up";
    if (!runsProgram && !isRunExpected) return;
    // A failure shows again where the program itself is run.
    void import("./pulumi-stack").then(() => (runsProgram ? options.prepare?.() : undefined)).catch(() => undefined);
  };
  const resolve = once(options.resolve);
  const runnerWith = (own: Partial<ProgramInputs>, around: (program: PulumiFn) => PulumiFn = (program) => program) =>
    stackRunner({ ...options, resolve, onStart, program: around(() => options.program({ ...inputs, ...own })) });
  const runner = runnerWith({});
  /** A run for one layer declares nothing above it: see `ProgramInputs.layer`. */
  const runnerFor = ({ layer, firstReleases }: EngineRunOptions): StackRunner =>
    layer === undefined && firstReleases === undefined
      ? runner
      : runnerWith({
          ...(layer === undefined ? {} : { layer }),
          ...(firstReleases === undefined ? {} : { firstReleases }),
        });

  const targetOf = ({ layer }: EngineRunOptions) =>
    layer === undefined ? {} : { target: [layerPattern({ stack, project }, layer)], targetDependents: false };
  const common = (run: EngineRunOptions) => ({ ...targetOf(run), refresh: run.refresh ?? false });

  return {
    preview: async (run = {}) => {
      const result = await previewWith(runnerFor(run), run, common(run));
      return { ...result, exists: isDeployed(result.changes) };
    },
    up: (run) =>
      runnerFor(run).run("up", run, (target, wires) => target.up({ ...common(run), ...wires, plan: run.planFile })),
    ...releaseEngine({ stack, project, runnerWith, preview: previewWith, discardPlan }),
    refresh: ({ previewOnly = false, ...run } = {}) =>
      runner.run("refresh", { ...run, onlyLooks: previewOnly }, (target, wires) =>
        target.refresh({ ...targetOf(run), ...wires, previewOnly }),
      ),
    async liftGuards(run = {}) {
      const state = await runner.state();
      const guarded = guardedUrns(state).filter((urn) => run.layer === undefined || layerOfUrn(urn) === run.layer);
      if (guarded.length === 0) return { changes: [], durationMs: 0 };
      return liftGuards(
        runnerWith({ teardown: true, ...topLayerOf(state.resources.map(({ urn }) => urn)) }),
        run,
        guarded,
      );
    },
    destroy: (run = {}) => runner.run("destroy", run, (target, wires) => target.destroy({ ...common(run), ...wires })),
    expectRun() {
      isRunExpected = true;
    },
    outputs: runner.outputs,
    cancel: runner.cancel,
    state: runner.state,
    discardPlan,
  };
}

async function discardPlan(planFile: string): Promise<void> {
  const folder = dirname(planFile);
  // Only what `preview` has made: a wrong path must not empty somebody's folder.
  if (basename(folder).startsWith(planPrefix)) await rm(folder, { recursive: true, force: true });
}

/** Every runner asks for the engine, and it is looked for once. */
function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => (found ??= find());
}

/**
 * The plan holds all inputs; secrets in it are encrypted by the stack's own key, and the folder (0700) and the file
 * (0600) are for this user only.
 */
async function previewWith(
  runner: StackRunner,
  run: EngineRunOptions,
  scope: Readonly<Record<string, unknown>>,
): Promise<Omit<PreviewResult, "exists">> {
  const planFile = join(await mkdtemp(join(tmpdir(), planPrefix)), "plan.json");
  try {
    const result = await runner.run("preview", run, (target, wires) =>
      target.preview({ ...scope, ...wires, plan: planFile }),
    );
    await chmod(planFile, 0o600);
    return { ...result, planFile };
  } catch (error) {
    await rm(dirname(planFile), { recursive: true, force: true });
    throw error;
  }
}

/** A stack that was never deployed, or was destroyed, has no resource, so everything is new to it. */
const isDeployed = (changes: readonly Change[]): boolean => changes.some(({ op }) => op !== "create" && op !== "read");

/** The last layer that is there: what stood on it may be gone already, and what is there must stay declared. */
function topLayerOf(urns: readonly string[]): Pick<ProgramInputs, "layer"> {
  const found = layers.filter((layer) => urns.some((urn) => layerOfUrn(urn) === layer)).at(-1);
  return found === undefined ? {} : { layer: found };
}

/** Previews the update first and is bound to it: a configuration that has moved on since must not replace or delete what was guarded until now. */
async function liftGuards(teardown: StackRunner, run: EngineRunOptions, guarded: readonly string[]) {
  const scope = { target: [...guarded], targetDependents: false };
  const { changes, planFile } = await previewWith(teardown, {}, scope);
  try {
    const lost = changes.filter(
      ({ op, urn }) => guarded.includes(urn) && !["update", "same", "read", "refresh"].includes(op),
    );
    if (lost.length > 0) throw unsafeLift(lost.map(({ urn }) => urn));
    return await teardown.run("up", run, (target, wires) => target.up({ ...scope, ...wires, plan: planFile }));
  } finally {
    await rm(dirname(planFile), { recursive: true, force: true });
  }
}

const unsafeLift = (urns: readonly string[]): SlipwayError =>
  new SlipwayError({
    code: "guards-not-lifted",
    exitCode: exitCodes.blocked,
    message: `Taking the guards off would replace or delete ${urns.join(", ")}: the configuration has moved on since the last deployment. Nothing was changed.`,
    remedy: "Deploy the configuration first, or go back to the deployed one.",
    data: { resources: urns },
  });
