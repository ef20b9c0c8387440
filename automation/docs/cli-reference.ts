import { markdownTable } from "../../infra/config/markdown-table";
import type { Command, Option } from "../commands/command";

/** What each exit code means, in the order of the codes. */
export const exitCodeMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [0, "Done. Also `gate` with warnings, and an override of a closed gate."],
  [
    1,
    "Failed. Also `gate` with a blocked change, `preview --expect-no-changes` with a change, and a question that was not answered with yes.",
  ],
  [2, "Wrong usage or configuration; nothing was called. Also a question with no terminal to ask it on."],
  [
    3,
    "Blocked by the gate (`up`), or refused by a guard: wrong account, forbidden account, a layer that others stand on.",
  ],
  [4, "The lock of the stack is somebody else's, or was lost: see [lock and history](lock-and-history.md)."],
  [5, "Looked, and it is not as it should be: drift, or not healthy."],
  [10, "A release was rolled back."],
];

/** The reference page of the command line, made from the list of commands. */
export function cliReference(commands: readonly Command[]): string {
  return [
    "# Command line",
    "`slipway <command> <stack> [options]`, where the stack is the name in `Pulumi.<stack>.yaml`. This page is made from the list of commands by `npm run docs`; those of `slipway sandbox` are in [sandbox.md](sandbox.md).",
    'Every command takes `--json` (one JSON document on stdout, `{ exitCode, data }` or `{ exitCode, error }`; while releases run, one JSON document a line on stderr: `{ kind: "release", at, service, phase, step, old, fresh, freshPercent, weights, firing, elapsedMs, expectedMs, note, event }`, in which `event` is true for what was done or decided) and `--help`. Without `--json` the result goes to stdout, and progress, questions and errors to stderr. Nothing is ever asked where there is no terminal: a command that changes something then needs `--yes`. With `--dry-run` it shows what the real run would do and ends.',
    "`release` is a command, and the first word of others. The longer command wins: `slipway release status` asks for the status, so nothing can be released into an environment that is called like one of these words.",
    markdownTable(
      ["Command", "What it does", "Changes something"],
      commands.map((command) => [`\`${command.name}\``, command.summary, command.effect === "change" ? "yes" : "no"]),
    ),
    ...commands.flatMap(commandSection),
    "## Exit codes",
    "They are stable; scripts may rely on them.",
    markdownTable(
      ["Code", "Meaning"],
      exitCodeMeanings.map(([code, meaning]) => [String(code), meaning]),
    ),
    "",
  ].join("\n\n");
}

function commandSection(command: Command): readonly string[] {
  const options = Object.entries(command.options);
  const places = options
    .filter(([, option]) => option.positional === true)
    .map(([name, { array, demandOption }]) => {
      const place = array === true ? `${name}..` : name;
      return demandOption === true ? `<${place}>` : `[${place}]`;
    });
  const usage = [
    "slipway",
    command.name,
    ...(command.needs === "stack" ? ["<stack>"] : []),
    ...places,
    ...(options.length > places.length ? ["[options]"] : []),
  ].join(" ");
  return [
    `## ${command.name}`,
    command.summary,
    `\`\`\`sh\n${usage}\n\`\`\``,
    ...(options.length === 0
      ? []
      : [
          markdownTable(
            ["Option", "Value", "Default", "Meaning"],
            options.map(([name, option]) => optionRow(name, option)),
          ),
        ]),
  ];
}

function optionRow(
  name: string,
  { type, choices, positional, default: fallback, describe }: Option,
): readonly string[] {
  const value = choices === undefined ? (type === "boolean" ? "" : (type ?? "text")) : choices.join(", ");
  const shown = fallback === undefined || fallback === false ? "" : `\`${JSON.stringify(fallback)}\``;
  return [`\`${positional === true ? "" : "--"}${name}\``, value === "string" ? "text" : value, shown, describe ?? ""];
}
