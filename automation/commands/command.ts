import type { InferredOptionTypes, Options as YargsOption } from "yargs";
import type { Context } from "../context";
import { layers } from "../model/layer";
import type { Report } from "../model/report";

/** An option of the command line; with `positional` it is given by its place, without a name. */
export type Option = YargsOption & { readonly positional?: boolean };
export type Options = Readonly<Record<string, Option>>;

interface CommandBase<O extends Options> {
  /** What is typed: one word, or a group and a word such as `config validate`. */
  readonly name: string;
  readonly summary: string;
  /** "change" touches the cloud or the state: such a command has `--yes` and `--dry-run` (`changeOptions`). */
  readonly effect: "read" | "change";
  readonly options: O;
}

/**
 * A command for one environment: `<stack>` is its first argument, and its configuration is valid before `run` is called.
 * Where its work is heavy, `run` loads it: help and wrong words must not wait for it.
 */
export interface StackCommand<O extends Options = Options> extends CommandBase<O> {
  readonly needs: "stack";
  run(context: Context, values: InferredOptionTypes<O>): Promise<Report>;
}

/** A command that no environment is needed for. */
export interface PlainCommand<O extends Options = Options> extends CommandBase<O> {
  readonly needs: "nothing";
  run(context: Pick<Context, "output">, values: InferredOptionTypes<O>): Promise<Report>;
}

export type Command<O extends Options = Options> = StackCommand<O> | PlainCommand<O>;

/** Options of every command that changes something. */
export const changeOptions = {
  yes: { type: "boolean", default: false, describe: "Do not ask; needed where there is no terminal" },
  "dry-run": { type: "boolean", default: false, describe: "Show what would be done, change nothing" },
} as const satisfies Options;

/** Options of every command that takes the lock of its stack. */
export const lockOptions = {
  "wait-for-lock": {
    type: "string",
    describe: "Wait for a run that holds the lock, so long at most: `--wait-for-lock=30m`; 10 minutes without a figure",
  },
} as const satisfies Options;

/** Works on one part of an environment. */
export const layerOption = {
  layer: { choices: layers, describe: "Only this layer" },
} as const satisfies Options;

/** Options of every command that runs the program. */
export const runOptions = {
  ...layerOption,
  refresh: { type: "boolean", default: false, describe: "Ask the cloud for the real state first" },
} as const satisfies Options;

/** What an override of a closed gate needs, besides `SKIP_DIFF_GATE=true`. */
export const overrideOptions = {
  justification: { type: "string", describe: "Why a closed gate is overridden: issue or pull request" },
  "approved-by": { type: "string", describe: "Who approved the override" },
} as const satisfies Options;

/** Gives `run` the types of its own options. */
export function defineCommand<const O extends Options>(command: StackCommand<O>): StackCommand<O>;
export function defineCommand<const O extends Options>(command: PlainCommand<O>): PlainCommand<O>;
export function defineCommand(command: Command): Command {
  return command;
}
