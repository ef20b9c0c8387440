import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { expect } from "chai";

const clone = resolve(__dirname, "..", "..", "..");

/** In a process of its own: what is done to the SDK there is not done here. */
function inNewProcess(script: string, env: NodeJS.ProcessEnv = {}): unknown {
  const quiet = JSON.stringify(join(clone, "automation", "adapters", "quiet-sdk"));
  const whole = `require(${quiet}); const pulumi = require("@pulumi/pulumi");
    const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable");
    const sdkLog = require("@pulumi/pulumi/log");
    (async () => { ${script} })().then((told) => process.stdout.write(JSON.stringify(told)));`;
  const text = execFileSync(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", whole], {
    cwd: clone,
    env: { ...process.env, ...env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(text) as unknown;
}

const traceOfPromise = `
  const promise = Promise.resolve(17);
  const value = await require("@pulumi/pulumi/runtime/debuggable").debuggablePromise(promise, "a test");
  return { value, frames: promise._debugStackTrace.split("\\n").length - 1, errors: new Error().stack.includes("\\n") };`;

describe("what the SDK does to be debugged itself", () => {
  it("leaves no stack traces of promises, and those of errors as they are", () => {
    expect(inNewProcess(traceOfPromise)).to.deep.equal({ value: 17, frames: 0, errors: true });
  });

  it("names promises that never end to whoever asks for them", () => {
    const told = inNewProcess(traceOfPromise, { PULUMI_DEBUG_PROMISE_LEAKS: "true" }) as { readonly frames: number };

    expect(told.frames).to.be.greaterThan(0);
  });

  it("sends the engine what a program says, and nothing of its own steps", () => {
    const told = inNewProcess(`
      const sent = [];
      const { getStore } = require("@pulumi/pulumi/runtime/state");
      const engine = { log: (request, done) => { sent.push(request.getMessage()); done(); } };
      getStore().settings.rpc = engine; require("@pulumi/pulumi/runtime/settings").getEngine = () => engine;
      await sdkLog.debug("a step"); await pulumi.log.debug("another step"); await pulumi.log.info("a word");
      return sent;`);

    expect(told).to.deep.equal(["a word"]);
  });
}).timeout(60_000);
