import { nearest } from "../infra/config/nearest";
import type { Command } from "./commands/command";
import { usageError, type SlipwayError } from "./model/errors";

/** What the parser says about words and places, as what the operator can do about it. */
export function wrongWords(message: string, argv: readonly string[], commands: readonly Command[]): SlipwayError {
  const command = commandIn(argv, commands);
  if (!command) return usageError(message);
  const remedy = `See \`slipway ${command.name} --help\`.`;
  const [, got] = /^Not enough non-option arguments: got (\d+)/.exec(message) ?? [];
  const missing = placesOf(command).slice(Number(got ?? 0));
  if (got !== undefined && missing.length > 0)
    return usageError(`\`slipway ${command.name}\` needs ${missing.join(" and ")}.`, remedy);
  const [, unknown] = /^Unknown argument: (\S+)$/.exec(message) ?? [];
  const meant = unknown === undefined ? undefined : nearest(unknown, Object.keys(command.options));
  return usageError(message, meant === undefined ? remedy : `Did you mean \`--${meant}\`? ${remedy}`);
}

/** @throws SlipwayError when a number is none, or something is given twice that can only be one thing */
export function checkValues(
  argv: readonly string[],
  { command, values }: { readonly command: Command; readonly values: Readonly<Record<string, unknown>> },
): void {
  for (const [name, { type, array }] of Object.entries(command.options)) {
    const value = values[name];
    if (Array.isArray(value) && array !== true && type !== "array")
      throw usageError(`--${name} is given more than once.`);
    if (type === "number" && Number.isNaN(value))
      throw usageError(`--${name} is \`${typed(argv, name)}\`: it must be a number.`);
  }
}

/** The text after an option, which the parser has already made a number of. */
function typed(argv: readonly string[], name: string): string {
  const place = argv.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  const word = argv[place] ?? "";
  return word.includes("=") ? word.slice(word.indexOf("=") + 1) : (argv[place + 1] ?? "");
}

function commandIn(argv: readonly string[], commands: readonly Command[]): Command | undefined {
  const words = argv.filter((word) => !word.startsWith("-"));
  const fitting = commands.filter(({ name }) => name.split(" ").every((part, index) => words[index] === part));
  return fitting.sort((a, b) => b.name.length - a.name.length)[0];
}

/** What must be there without a name, in its order. */
function placesOf({ needs, options }: Command): readonly string[] {
  const own = Object.entries(options).filter(([, { positional, demandOption }]) => positional && demandOption === true);
  return [...(needs === "stack" ? ["<stack>"] : []), ...own.map(([name]) => `<${name}>`)];
}
