import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { anySignal } from "../model/any-signal";
import type { SlipwayError } from "../model/errors";
import { SlipwayError as Failure } from "../model/errors";
import type { EngineResult, EngineRunOptions, EngineState, StackOutput } from "../ports/engine";
import { askEngine, commandResultOf, type EngineCommandOptions } from "./engine-command";
import { engineError } from "./engine-errors";
import type { EngineFailure } from "./engine-failure";
import { runLog, type RunLog } from "./engine-run-log";
import type { PulumiEngineOptions } from "./pulumi-engine";
import { changedOutputsOf, changesOf } from "./pulumi-events";
import { maskValue } from "./pulumi-secrets";
import { stateOf, type ExportedDeployment } from "./pulumi-state";
import { roomFault } from "./state-room";

export type RunnerOptions = Omit<PulumiEngineOptions, "program" | "prepare" | "releases"> &
  Pick<EngineCommandOptions, "onStart"> & { readonly program: PulumiFn };

/** What every operation is given, whatever else it wants. */
interface Wires {
  readonly onEvent: (event: EngineEvent) => void;
  readonly color: "never";
  readonly signal?: AbortSignal;
}

interface RunOptions extends EngineRunOptions {
  /** No state is written. @default true for a preview */
  readonly onlyLooks?: boolean;
}

export interface StackRunner {
  run(
    operation: EngineFailure["operation"],
    options: RunOptions,
    act: (stack: Stack, wires: Wires) => Promise<unknown>,
  ): Promise<EngineResult>;
  readonly outputs: () => Promise<readonly StackOutput[]>;
  readonly state: () => Promise<EngineState>;
  /** The state as the engine writes it. With its secrets in the clear it is not to be kept or shown. */
  readonly exported: (options?: ExportOptions) => Promise<ExportedDeployment | null>;
  readonly cancel: () => Promise<void>;
}

export interface ExportOptions {
  /** In the clear; otherwise they are there as ciphers, and nobody needs the key. @default false */
  readonly secrets?: boolean;
}

/** Environment variables whose values no message may show. */
const secretVariables = [
  "PULUMI_CONFIG_PASSPHRASE",
  "PULUMI_ACCESS_TOKEN",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
] as const;

/** Runs operations on one stack and says what they came to; every failure is a `SlipwayError`. */
export function stackRunner(options: RunnerOptions): StackRunner {
  const { clock, env, interrupts } = options;
  const secrets = secretVariables.flatMap((name) => env[name] ?? []);
  let opened: Promise<Stack> | undefined;
  const open = (): Promise<Stack> => (opened ??= openLazily(options));

  const failure = async (
    error: unknown,
    operation: EngineFailure["operation"],
    log?: RunLog,
    stop: AbortSignal | undefined = interrupts?.stop,
  ): Promise<unknown> => {
    const result = commandResultOf(error);
    if (result === undefined) return error;
    const { stack, project } = options;
    // The export ends by itself: what keeps it from the state is another thing than Ctrl-C.
    const isInterrupted = operation !== "export" && (stop?.aborted ?? false);
    const told = engineError({
      operation,
      stack,
      project,
      secrets,
      isInterrupted,
      exitCode: result.code,
      stdout: result.stdout,
      stderr: result.stderr,
      diagnostics: log?.diagnostics() ?? [],
      failed: log?.failed() ?? [],
    });
    return isInterrupted ? withPending(told, await state().catch(() => undefined)) : told;
  };
  /** Asks the engine something that ends by itself, so it is not interrupted. */
  const ask = async <T>(operation: EngineFailure["operation"], question: () => Promise<T>): Promise<T> => {
    try {
      return await question();
    } catch (error) {
      throw await failure(error, operation);
    }
  };
  const exported: StackRunner["exported"] = (asked) => ask("export", () => exportState(options, asked));
  const state = async (): Promise<EngineState> => stateOf(await exported());

  return {
    state,
    exported,
    async run(operation, { onProgress, signal, onlyLooks = operation === "preview" }, act) {
      const start = clock.now().getTime();
      const log = runLog(secrets, onProgress);
      const stop = anySignal([interrupts?.stop, signal]);
      const fault = onlyLooks ? undefined : roomFault(options.stack, await options.stateRoom?.());
      if (fault !== undefined) throw fault;
      try {
        await act(await open(), {
          onEvent: log.onEvent,
          color: "never",
          ...(stop === undefined ? {} : { signal: stop }),
        });
      } catch (error) {
        throw await failure(error, operation, log, stop);
      }
      return {
        changes: changesOf(log.events),
        changedOutputs: changedOutputsOf(log.events),
        durationMs: clock.now().getTime() - start,
      };
    },
    outputs: () => ask("outputs", async () => outputsOf(rootOutputs(await exportState(options)))),
    cancel: () => ask("cancel", async () => (await open()).cancel()),
  };
}

/** The Automation API takes a quarter of a second to load, so it is loaded with the first operation. */
async function openLazily({ resolve, interrupts, ...options }: RunnerOptions): Promise<Stack> {
  const [{ openStack }, engine] = await Promise.all([import("./pulumi-stack"), resolve()]);
  return openStack({ ...options, ...engine, ...(interrupts === undefined ? {} : { terminate: interrupts.terminate }) });
}

/** As the Automation API does it, but without loading that: it takes longer than to read the state. */
async function exportState(
  options: RunnerOptions,
  { secrets = false }: ExportOptions = {},
): Promise<ExportedDeployment | null> {
  const { stack, folder, env, onStart } = options;
  const { path, version } = await options.resolve();
  // Deriving the key from a passphrase takes as long as all the rest.
  const asked = ["stack", "export", "--stack", stack, ...(secrets ? ["--show-secrets"] : [])];
  const { stdout } = await askEngine(
    { path, version, env, ...(onStart === undefined ? {} : { onStart }) },
    asked,
    folder,
  );
  return (JSON.parse(stdout) as { readonly deployment: ExportedDeployment | null }).deployment;
}

/** What is secret among them is known as such, and never shown. */
const rootOutputs = (deployment: ExportedDeployment | null): Readonly<Record<string, unknown>> =>
  deployment?.resources?.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};

const outputsOf = (outputs: Readonly<Record<string, unknown>>): readonly StackOutput[] =>
  Object.entries(outputs).map(([name, raw]) => {
    const value = maskValue(raw);
    return { name, value, secret: value === "[secret]" };
  });

/** An interrupted run, with the operations whose outcome nobody knows. */
function withPending(told: SlipwayError, state: EngineState | undefined): SlipwayError {
  const pending = state?.pendingOperations ?? [];
  if (pending.length === 0)
    return new Failure({
      ...detailOf(told),
      message: `${told.message} No operation is pending: what was begun is in the state.`,
      data: { ...told.data, pendingOperations: [] },
    });
  const lines = pending.map(({ operation, urn }) => `  ${operation} ${urn}`);
  return new Failure({
    ...detailOf(told),
    message: [told.message, "Pending operations, whose outcome is not known:", ...lines].join("\n"),
    remedy: "Look at them in the cloud, then refresh the stack; after that run it again.",
    data: { ...told.data, pendingOperations: pending },
  });
}

const detailOf = ({ code, exitCode, message, remedy, resource }: SlipwayError) => ({
  code,
  exitCode,
  message,
  remedy,
  ...(resource === undefined ? {} : { resource }),
});
