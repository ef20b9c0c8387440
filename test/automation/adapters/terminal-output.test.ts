import { PassThrough } from "node:stream";
import { expect } from "chai";
import { TerminalOutput } from "../../../automation/adapters/terminal-output";
import { SlipwayError } from "../../../automation/model/errors";
import type { EngineProgress } from "../../../automation/ports/engine";
import { FakeClock } from "../../_fakes/fake-clock";

interface Terminal {
  readonly output: TerminalOutput;
  readonly stdin: PassThrough;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

function terminal({ json = false, ci = false, isTTY = false } = {}): Terminal {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()].map((stream) =>
    Object.assign(stream, { isTTY }),
  );
  if (stdin === undefined || stdout === undefined || stderr === undefined) throw new Error("no streams");
  const textOf = (stream: PassThrough) => (): string => String((stream.read() as Buffer | null) ?? "");
  return {
    output: new TerminalOutput({ json, ci, clock: new FakeClock(), stdin, stdout, stderr }),
    stdin,
    stdout: textOf(stdout),
    stderr: textOf(stderr),
  };
}

const failure = new SlipwayError({
  code: "account-mismatch",
  exitCode: 3,
  message: "Wrong account",
  remedy: "Use the other one.",
  resource: "urn:x",
  data: { account: "1" },
});
const step = (kind: "started" | "finished", op: "create" | "same"): EngineProgress => ({
  kind,
  urn: "urn:a",
  type: "aws:sns/topic:Topic",
  name: "alarms",
  op,
});

describe("TerminalOutput", () => {
  it("writes the result to stdout and all else to stderr", () => {
    const { output, stdout, stderr } = terminal();

    output.say("a table");
    output.report({ summary: "done", data: {} });
    output.failure(failure);

    expect(stdout()).to.equal("done\n");
    expect(stderr()).to.equal(
      "a table\n\nWrong account\n\nResource: urn:x\n\nUse the other one.\n\n(account-mismatch, exit 3)\n",
    );
  });

  it("writes one JSON document and nothing else with --json", () => {
    const { output, stdout, stderr } = terminal({ json: true, isTTY: true });

    output.say("a table");
    output.progress("Update").end();
    output.report({ summary: "done", data: { a: 1 }, exitCode: 5 });

    expect([JSON.parse(stdout()), stderr()]).to.deep.equal([{ exitCode: 5, data: { a: 1 } }, ""]);
  });

  it("writes errors as JSON too", () => {
    const { output, stdout } = terminal({ json: true });

    output.failure(failure);

    expect(JSON.parse(stdout())).to.deep.equal({
      exitCode: 3,
      error: {
        code: "account-mismatch",
        message: "Wrong account",
        remedy: "Use the other one.",
        resource: "urn:x",
        data: { account: "1" },
      },
    });
  });

  for (const [surroundings, interactive] of [
    [{ isTTY: true }, true],
    [{ isTTY: false }, false],
    [{ isTTY: true, ci: true }, false],
    [{ isTTY: true, json: true }, false],
  ] as const) {
    it(`${interactive ? "asks" : "does not ask"} with ${JSON.stringify(surroundings)}`, () => {
      expect(terminal(surroundings).output.interactive).to.equal(interactive);
    });
  }

  it("gives the answer without the spaces around it, and none at the end of the input", async () => {
    const answered = terminal();
    const closed = terminal();
    const answer = answered.output.ask("Sure?");
    const nothing = closed.output.ask("Sure?");
    answered.stdin.write(" yes \n");
    closed.stdin.end();

    expect([await answer, await nothing, answered.stderr()]).to.deep.equal(["yes", "", "Sure? "]);
  });

  it("writes a plain line for what is done where there is no terminal", () => {
    const { output, stderr } = terminal();
    const view = output.progress("Update of staging");

    for (const event of [
      step("started", "create"),
      step("finished", "create"),
      step("started", "same"),
      step("finished", "same"),
    ])
      view.onProgress(event);
    view.onProgress({ kind: "diagnostic", severity: "warning", message: "careful\n" });
    view.end();

    expect(stderr()).to.equal(
      "Update of staging\n  created alarms (aws:sns/topic:Topic) 0:00\n  warning: careful\nUpdate of staging 0:00: 1 created, 1 unchanged\n",
    );
  });

  it("draws what is in flight on a terminal, and wipes it when it is done", () => {
    const { output, stderr } = terminal({ isTTY: true });
    const view = output.progress("Update of staging");

    view.onProgress(step("started", "create"));
    view.onProgress(step("finished", "create"));
    view.end();

    const drawn = stderr();
    expect(drawn).to.contain("\u001b[1A\u001b[J  created alarms (aws:sns/topic:Topic) 0:00\n");
    expect(drawn.endsWith("Update of staging 0:00: 1 created\n")).to.equal(true);
  });
});
