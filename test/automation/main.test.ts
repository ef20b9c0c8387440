import { expect } from "chai";
import { changeOptions, defineCommand, type Command } from "../../automation/commands/command";
import { main } from "../../automation/main";
import { usageError } from "../../automation/model/errors";
import { fakeContext } from "../_fakes/fake-context";
import { FakeOutput } from "../_fakes/fake-output";

const shipCommand = defineCommand({
  name: "ship",
  summary: "Ship it",
  effect: "change",
  needs: "stack",
  options: {
    ...changeOptions,
    count: { type: "number", default: 1, describe: "How many" },
    reason: { type: "string", describe: "Why" },
  },
  async run({ stack }, { yes, "dry-run": dryRun, count }) {
    return { summary: `ship ${count} to ${stack}`, data: { yes, dryRun } };
  },
});

const shipStatusCommand = defineCommand({
  name: "ship status",
  summary: "Where it is",
  effect: "read",
  needs: "stack",
  options: { part: { type: "string", positional: true, describe: "Which part" } },
  async run({ stack }, { part }) {
    return { summary: `${part ?? "all"} of ${stack}`, data: {}, exitCode: 5 };
  },
});

const configShowCommand = defineCommand({
  name: "config show",
  summary: "Show it",
  effect: "read",
  needs: "nothing",
  options: {},
  async run() {
    return { summary: "shown", data: {} };
  },
});

const brokenCommand = defineCommand({
  name: "broken",
  summary: "Has a fault",
  effect: "read",
  needs: "stack",
  options: {},
  run: () => Promise.reject(new TypeError("nothing is not a function")),
});

const commands: readonly Command[] = [shipCommand, shipStatusCommand, configShowCommand, brokenCommand];

/** Runs a command line with fakes; gives all that was said. */
async function typed(line: string): Promise<{ code: number; said: string[]; output: FakeOutput; opened: string[] }> {
  const output = new FakeOutput();
  const opened: string[] = [];
  const wiring = {
    output: () => output,
    context: async (stack: string) => {
      opened.push(stack);
      if (stack !== "staging") throw usageError(`There is no stack "${stack}".`, "Known stacks: staging.");
      return fakeContext();
    },
  };
  const code = await main(line.split(" ").filter(Boolean), { commands, wiring, groups: { config: "Configuration" } });
  return {
    code,
    said: [...output.reports.map(({ summary }) => summary), ...output.failures.map(({ message }) => message)],
    output,
    opened,
  };
}

describe("main", () => {
  for (const [line, code, said] of [
    ["ship staging", 0, "ship 1 to staging"],
    ["ship staging --count 3 --yes --json", 0, "ship 3 to staging"],
    ["ship status staging", 5, "all of staging"],
    ["ship status staging web", 5, "web of staging"],
    ["ship --reason status staging", 0, "ship 1 to staging"],
    ["ship --reason=status staging", 0, "ship 1 to staging"],
    ["ship --json status staging", 5, "all of staging"],
    ["config show", 0, "shown"],
  ] as const) {
    it(`runs "${line}" and exits with what it reports`, async () => {
      const result = await typed(line);
      expect([result.code, result.said]).to.deep.equal([code, [said]]);
    });
  }

  for (const [line, message] of [
    ["", "Which command?"],
    ["shipp staging", 'There is no command "shipp".'],
    ["ship", "`slipway ship` needs <stack>."],
    ["ship status", "`slipway ship status` needs <stack>."],
    ["ship staging --count three", "--count is `three`: it must be a number."],
    ["ship staging --count 1 --count 2", "--count is given more than once."],
    ["ship staging extra", "Unknown argument: extra"],
    ["ship staging --conut 3", "Unknown argument: conut"],
    ["config", "Which `config` command? There is `config show`."],
    ["config shwo", 'There is no command "config shwo".'],
    ["ship prod", 'There is no stack "prod".'],
  ] as const) {
    it(`ends "${line}" as wrong usage and says why`, async () => {
      const result = await typed(line);
      expect([result.code, result.said]).to.deep.equal([2, [message]]);
    });
  }

  it("names the command that was probably meant", async () => {
    expect((await typed("shipp staging")).output.failures.map(({ remedy }) => remedy)).to.deep.equal([
      "Did you mean `slipway ship`?",
    ]);
  });

  it("opens no stack for wrong words", async () => {
    expect((await typed("ship staging --conut 3")).opened).to.deep.equal([]);
  });

  it("keeps the stack trace of a bug, and exits 1", async () => {
    const { code, output } = await typed("broken staging");

    const [failure] = output.failures;
    expect([code, failure?.code, failure?.message]).to.deep.equal([
      1,
      "bug",
      "Slipway itself has failed: nothing is not a function",
    ]);
    expect(failure?.data["stack"]).to.match(/^TypeError: nothing is not a function\n\s+at /);
  });
});
