import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConcurrentUpdateError, StackNotFoundError } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import {
  commandResultOf,
  engineCommand,
  engineEnvironment,
  type EngineCommandResult,
} from "../../../automation/adapters/engine-command";

type Run = (
  args: string[],
  cwd: string,
  env: Record<string, string>,
  onOutput?: (text: string) => void,
  onError?: (text: string) => void,
  stop?: AbortSignal,
) => Promise<EngineCommandResult>;

describe("engineCommand", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-command-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** An engine that does what the script says. */
  function engine(script: string, terminate?: AbortSignal): Run {
    const path = join(folder, "pulumi");
    writeFileSync(path, `#!${process.execPath}\n${script}`);
    chmodSync(path, 0o755);
    const options = {
      path,
      version: "3.259.0",
      env: { GREETING: "hello" },
      ...(terminate === undefined ? {} : { terminate }),
    };
    return (engineCommand(options) as unknown as { readonly run: Run }).run;
  }
  const failureOf = (run: Promise<unknown>): Promise<unknown> =>
    run.then(
      () => undefined,
      (error: unknown) => error,
    );
  /** Counts interrupts; ends after the given number of them, or when nothing came for a moment after the first. */
  const counting = (until: number): string => `
    let count = 0;
    process.on("SIGINT", () => {
      count += 1;
      if (count === ${until}) { console.log("interrupts " + count); process.exit(8); }
      setTimeout(() => { console.log("interrupts " + count); process.exit(8); }, 150);
    });
    console.log("up");
    setInterval(() => undefined, 1000);`;

  it("gives output as it comes and as a whole, in an environment that is only what it was given", async () => {
    const seen: string[] = [];
    const run = engine(
      'console.log(process.env.GREETING, process.env.EXTRA, process.env.PULUMI_AUTOMATION_API, process.env.HOME, process.argv.slice(2).join(" ")); console.error("aside");',
    );

    const { stdout, stderr, code } = await run(["up"], folder, { EXTRA: "more" }, (text) => seen.push(text));

    expect({ stdout, stderr, code }).to.deep.equal({
      stdout: "hello more true undefined up --non-interactive\n",
      stderr: "aside\n",
      code: 0,
    });
    expect(seen.join("")).to.equal(stdout);
  });

  it("keeps the true exit code", async () => {
    const error = await failureOf(engine('console.error("error: policy"); process.exit(5);')(["up"], folder, {}));

    expect(commandResultOf(error)).to.include({ code: 5, stderr: "error: policy\n" });
  });

  it("tells a locked and a missing stack as the Automation API does", async () => {
    const locked = await failureOf(
      engine('console.error("error: the stack is currently locked by 1 lock(s)."); process.exit(1);')(
        ["up"],
        folder,
        {},
      ),
    );
    const missing = await failureOf(
      engine("console.error(\"error: no stack named 'x' found\"); process.exit(6);")(["up"], folder, {}),
    );

    expect([locked instanceof ConcurrentUpdateError, missing instanceof StackNotFoundError]).to.deep.equal([
      true,
      true,
    ]);
  });

  it("sends exactly one interrupt", async () => {
    const stop = new AbortController();

    const error = await failureOf(engine(counting(2))(["up"], folder, {}, () => stop.abort(), undefined, stop.signal));

    expect(commandResultOf(error)).to.include({ code: 8, stdout: "up\ninterrupts 1\n" });
  });

  it("sends the second one only when the operator wants it", async () => {
    const [stop, terminate] = [new AbortController(), new AbortController()];
    const script = counting(2).replace("setTimeout(() =>", 'console.log("stopping"); if (0) setTimeout(() =>');
    const onOutput = (text: string): void => (text.includes("stopping") ? terminate.abort() : stop.abort());

    const error = await failureOf(
      engine(script, terminate.signal)(["up"], folder, {}, onOutput, undefined, stop.signal),
    );

    expect(commandResultOf(error)).to.include({ code: 8, stdout: "up\nstopping\ninterrupts 2\n" });
  });

  it("does not terminate what was not stopped before", async () => {
    const terminate = new AbortController();

    const { stdout } = await engine(
      'process.on("SIGINT", () => console.log("interrupted")); console.log("up"); setTimeout(() => process.exit(0), 150);',
      terminate.signal,
    )(["up"], folder, {}, () => terminate.abort());

    expect(stdout).to.equal("up\n");
  });

  it("starts nothing after an interrupt", async () => {
    const error = await failureOf(
      engine('console.log("up")')(["up"], folder, {}, undefined, undefined, AbortSignal.abort()),
    );

    expect(commandResultOf(error)).to.include({
      code: 8,
      stdout: "",
      stderr: "interrupted before the engine was started",
    });
  });

  it("stands in a process group of its own, which the terminal's Ctrl-C does not reach", async function () {
    if (process.platform !== "linux") this.skip();
    const { stdout } = await engine(
      'console.log(require("node:fs").readFileSync("/proc/self/stat", "utf8").split(" ")[4] === String(process.pid));',
    )(["up"], folder, {});

    expect(stdout).to.equal("true\n");
  });

  it("says that an engine cannot be started", async () => {
    const run = (
      engineCommand({ path: join(folder, "none"), version: "3.259.0", env: {} }) as unknown as { readonly run: Run }
    ).run;

    expect(commandResultOf(await failureOf(run(["up"], folder, {})))).to.include({ code: 127 });
  });
});

describe("engineEnvironment", () => {
  it("puts the engine's own folder first on PATH and leaves out what is not set", () => {
    expect(engineEnvironment("/opt/engine/pulumi", { PATH: "/usr/bin", GONE: undefined }, { A: "1" })).to.deep.equal({
      PATH: "/opt/engine:/usr/bin",
      A: "1",
      PULUMI_AUTOMATION_API: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    });
  });
});
