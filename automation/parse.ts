import type { Argv, Options as YargsOption } from "yargs";
import yargs from "yargs";
import type { Command, Options } from "./commands/command";
import { nearest } from "../infra/config/nearest";
import { usageError, type SlipwayError } from "./model/errors";
import { checkValues, wrongWords } from "./wrong-words";

/** Options as they were given, with their defaults. */
export type Values = Readonly<Record<string, unknown>>;

/** What an operator has typed. */
export interface Choice {
  readonly command: Command;
  readonly values: Values;
}

interface Grammar {
  readonly commands: readonly Command[];
  readonly globalOptions?: Options;
  readonly groups?: Readonly<Record<string, string>>;
  readonly version?: string;
}

/** Reads the command line. Undefined when it only asked for help or the version, which has been given then. */
export async function parse(argv: readonly string[], grammar: Grammar): Promise<Choice | undefined> {
  const groups = byFirstWord(grammar.commands);
  const [first, second] = wordsOf(argv, groups);
  if (first !== undefined && !groups.has(first)) throw unknownCommand(first, [...groups.keys()]);
  if (first !== undefined) checkMember(argv, first, groups.get(first) ?? []);
  const chosen: Choice[] = [];
  const choose = (choice: Choice): void => void chosen.push(choice);
  const parser = yargs([...argv])
    .scriptName("slipway")
    .usage("$0 <command> [options]")
    .options({
      json: {
        type: "boolean",
        default: false,
        describe:
          "One JSON document on stdout, for machines; while releases run a line of JSON for each event on stderr",
      },
      ...grammar.globalOptions,
    })
    .strict()
    .exitProcess(false)
    .wrap(110)
    .fail((message, error) => {
      throw (error as Error | undefined) ?? wrongWords(message, argv, grammar.commands);
    });
  // There `--version` is the command's own word, as documents have it: `--component agent --version v1.0.13`.
  const ownVersion = (groups.get(first ?? "") ?? []).some(({ options }) => "version" in options);
  if (grammar.version === undefined || ownVersion) parser.version(false);
  else parser.version(grammar.version);
  for (const [word, members] of groups) {
    const own = members.find(({ name }) => name === word);
    // A word can be a command and a group (`release`, `release status`): the second word tells which.
    const isGroup = own === undefined || (word === first && members.some(({ name }) => name === `${word} ${second}`));
    const below = members.filter((member) => member !== own);
    if (isGroup) addGroup(parser, word, below, grammar.groups?.[word], choose);
    else addCommand(parser, word, own, choose, below);
  }
  await parser.demandCommand(1, "Which command?").parseAsync();
  const [choice] = chosen;
  if (choice) checkValues(argv, choice);
  return choice;
}

/** What stands without a name, as far as the first word's own options tell which texts are values of theirs. */
function wordsOf(argv: readonly string[], groups: ReadonlyMap<string, readonly Command[]>): readonly string[] {
  const first = argv.find((word) => !word.startsWith("-"));
  const valued = new Set(
    (groups.get(first ?? "") ?? []).flatMap(({ options }) =>
      Object.entries(options).flatMap(([name, { type }]) => (type === "boolean" ? [] : [`--${name}`])),
    ),
  );
  return argv.filter((word, index) => !word.startsWith("-") && !valued.has(argv[index - 1] ?? ""));
}

function byFirstWord(commands: readonly Command[]): ReadonlyMap<string, readonly Command[]> {
  const words = new Map<string, Command[]>();
  for (const command of commands) {
    const word = command.name.split(" ")[0] ?? command.name;
    words.set(word, [...(words.get(word) ?? []), command]);
  }
  return words;
}

function addGroup(
  parser: Argv,
  word: string,
  members: readonly Command[],
  summary: string | undefined,
  choose: (choice: Choice) => void,
): void {
  parser.command(word, summary ?? members.map(({ name }) => name).join(", "), (builder) => {
    for (const command of members) addCommand(builder, command.name.slice(word.length + 1), command, choose);
    return builder.demandCommand(
      1,
      `Which \`${word}\` command? There is ${members.map(({ name }) => `\`${name}\``).join(", ")}.`,
    );
  });
}

/** @param below commands that begin with the same word, for its help */
function addCommand(
  parser: Argv,
  words: string,
  command: Command,
  choose: (choice: Choice) => void,
  below: readonly Command[] = [],
): void {
  const entries = Object.entries(command.options);
  const places = entries.filter(([, option]) => option.positional === true);
  const named = Object.fromEntries(entries.filter(([, option]) => option.positional !== true)) as Record<
    string,
    YargsOption
  >;
  const stack = command.needs === "stack" ? ["<stack>"] : [];
  const signature = [
    words,
    ...stack,
    ...places.map(([name, { demandOption, array }]) => {
      const place = array === true ? `${name}..` : name;
      return demandOption === true ? `<${place}>` : `[${place}]`;
    }),
  ].join(" ");
  parser.command(
    signature,
    below.length === 0 ? command.summary : `${command.summary}; and ${below.map(lastWord).join(", ")}`,
    (builder) => {
      if (below.length > 0) builder.epilogue(["Also:", ...below.map(helpLine)].join("\n"));
      if (command.needs === "stack")
        builder.positional("stack", { type: "string", describe: "Environment: the name in Pulumi.<stack>.yaml" });
      for (const [name, option] of places) builder.positional(name, option as Parameters<Argv["positional"]>[1]);
      return builder.options(named);
    },
    (values) => choose({ command, values }),
  );
}

const lastWord = ({ name }: Command): string => name.split(" ").slice(1).join(" ");

const helpLine = ({ name, summary }: Command): string => `  slipway ${name} <stack>  ${summary}`;

function unknownCommand(word: string, known: readonly string[]): SlipwayError {
  const meant = nearest(word, known);
  return usageError(
    `There is no command "${word}".`,
    meant === undefined ? "See `slipway --help`." : `Did you mean \`slipway ${meant}\`?`,
  );
}

/** @throws SlipwayError when a group is followed by a word that is none of its commands */
function checkMember(argv: readonly string[], group: string, members: readonly Command[]): void {
  const rest = argv.filter((word) => !word.startsWith("-")).slice(1);
  const known = members.map(({ name }) => name.split(" ").slice(1).join(" "));
  const [word] = rest;
  // An option's value may stand before the word that is meant.
  if (word === undefined || known.includes("") || rest.some((one) => known.includes(one))) return;
  throw unknownCommand(
    `${group} ${word}`,
    members.map(({ name }) => name),
  );
}
