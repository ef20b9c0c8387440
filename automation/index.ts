import { quietOutput } from "./adapters/quiet-output";
import type { Context } from "./context";
import * as gates from "./gate/gate";
import type { Report } from "./model/report";
import type { Output } from "./ports/output";
import * as cancels from "./stack/cancel";
import * as destroys from "./stack/destroy";
import * as drifts from "./stack/drift";
import * as histories from "./stack/history";
import * as outputLists from "./stack/outputs";
import * as previews from "./stack/preview";
import * as refreshes from "./stack/refresh";
import * as unlocks from "./stack/unlock";
import * as ups from "./stack/up";
import { openContext, type Env } from "./wiring";

export { classify, type Verdict } from "./gate/classify";
export { gateRules } from "./gate/rules";
export type { Context } from "./context";
export type { Change, Op } from "./model/change";
export { exitCodes, SlipwayError } from "./model/errors";
export type { Finding } from "./model/finding";
export { layers, type Layer } from "./model/layer";
export type { Report } from "./model/report";
export type { Output } from "./ports/output";
export { openContext, type OpenContextOptions } from "./wiring";

/** Which environment, and where. */
export interface StackOptions {
  /** The name in `Pulumi.<stack>.yaml`. */
  readonly stack: string;
  /** The project's folder, or one below it. @default the working directory */
  readonly folder?: string;
  /** What the engine and AWS clients read. @default the process' own environment */
  readonly env?: Env;
  /** Told what happens; asked only when it is interactive. @default nobody */
  readonly output?: Output;
}

/** Makes a function of the driver one that a program can call with a stack's name. */
const forStack =
  <O extends object>(run: (context: Context, options: O) => Promise<Report>) =>
  async (options: O & StackOptions): Promise<Report> => {
    const { stack, folder = process.cwd(), env = process.env, output = quietOutput } = options;
    return run(await openContext({ stack, folder, env, output }), options);
  };

/** Shows what `up` would do. Failures of all these functions are `SlipwayError`s. */
export const preview = forStack(previews.preview);
/** Judges the pending changes; `exitCode` 1 in the report when one is blocked. */
export const gate = forStack(gates.gate);
/** Deploys the environment, behind the account guard and the gate: `up({ stack: "staging", yes: true })`. */
export const up = forStack(ups.up);
/** Takes over into the state what was changed elsewhere. */
export const refresh = forStack(refreshes.refresh);
/** Looks for what was changed elsewhere; `exitCode` 5 in the report when there is any. */
export const drift = forStack(drifts.drift);
/** Deletes the environment or one layer of it. */
export const destroy = forStack(destroys.destroy);
/** What the environment is called by; secrets stay hidden. */
export const outputs = forStack(outputLists.outputs);
/** Ends a run that another process left behind. */
export const cancel = forStack(cancels.cancel);
/** Who has changed the environment, when, and how it ended. */
export const history = forStack(histories.history);
/** Opens a lock that is one's own or whose holder is dead. */
export const unlock = forStack(unlocks.unlock);
