import type { Command, Options } from "./commands/command";
import type { Context } from "./context";
import { exitCodes, SlipwayError } from "./model/errors";
import type { Report } from "./model/report";
import { parse, type Choice, type Values } from "./parse";
import type { Output } from "./ports/output";

/** Where a run gets what it needs. The ports come last, when the words on the command line are known to be right. */
export interface Wiring {
  /** Where this run speaks; made first, so that a wrong word can be told too. */
  output(values: Values): Output;
  /** @throws SlipwayError for an unknown stack or a configuration with faults */
  context(stack: string, values: Values, output: Output): Promise<Context>;
}

/** What the command line consists of. */
export interface MainSetup {
  readonly commands: readonly Command[];
  readonly wiring: Wiring;
  /** Options of every command, besides `--json`. */
  readonly globalOptions?: Options;
  /** Groups of commands such as `config`, each with a line for the help. */
  readonly groups?: Readonly<Record<string, string>>;
  readonly version?: string;
}

/** Runs one command and returns the exit code. The only place that turns an error into a code. */
export async function main(argv: readonly string[], setup: MainSetup): Promise<number> {
  let output = setup.wiring.output({ json: argv.includes("--json") });
  try {
    const choice = await parse(argv, setup);
    if (choice === undefined) return exitCodes.done;
    output = setup.wiring.output(choice.values);
    const report = await run(choice, setup.wiring, output);
    output.report(report);
    return report.exitCode ?? exitCodes.done;
  } catch (thrown) {
    const error = thrown instanceof SlipwayError ? thrown : bug(thrown);
    output.failure(error);
    return error.exitCode;
  }
}

async function run({ command, values }: Choice, wiring: Wiring, output: Output): Promise<Report> {
  switch (command.needs) {
    case "nothing":
      return command.run({ output }, values);
    case "stack":
      return command.run(await wiring.context(String(values["stack"]), values, output), values);
  }
}

/** Nobody foresaw this: the stack trace is what helps, so it goes along. */
function bug(thrown: unknown): SlipwayError {
  const cause = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new SlipwayError(
    {
      code: "bug",
      exitCode: exitCodes.failed,
      message: `Slipway itself has failed: ${cause.message}`,
      remedy: "Nobody foresaw this. Please report it together with the stack trace.",
      data: { stack: cause.stack ?? "" },
    },
    { cause },
  );
}
