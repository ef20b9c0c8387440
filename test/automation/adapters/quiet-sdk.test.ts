import { expect } from "chai";
import { inNewProcess } from "../../_helpers/in-new-process";

const first = "automation/adapters/quiet-sdk";
const traceOfPromise = `
  const promise = Promise.resolve(17);
  const value = await require("@pulumi/pulumi/runtime/debuggable").debuggablePromise(promise, "a test");
  return { value, frames: promise._debugStackTrace.split("\\n").length - 1, errors: new Error().stack.includes("\\n") };`;

describe("what the SDK does to be debugged itself", () => {
  it("leaves no stack traces of promises, and those of errors as they are", () => {
    expect(inNewProcess({ first, script: traceOfPromise })).to.deep.equal({ value: 17, frames: 0, errors: true });
  });

  it("names promises that never end to whoever asks for them", () => {
    const env = { PULUMI_DEBUG_PROMISE_LEAKS: "true" };
    const told = inNewProcess({ first, script: traceOfPromise, env }) as { readonly frames: number };

    expect(told.frames).to.be.greaterThan(0);
  });

  it("sends the engine what a program says, and nothing of its own steps", () => {
    const script = `
      const sent = [];
      const engine = { log: (request, done) => { sent.push(request.getMessage()); done(); } };
      require("@pulumi/pulumi/runtime/settings").getEngine = () => engine;
      const { log } = require("@pulumi/pulumi");
      await require("@pulumi/pulumi/log").debug("a step"); await log.debug("another step"); await log.info("a word");
      return sent;`;

    expect(inNewProcess({ first, script })).to.deep.equal(["a word"]);
  });
}).timeout(60_000);
