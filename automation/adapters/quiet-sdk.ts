import "./late-modules";
import * as debuggableModule from "@pulumi/pulumi/runtime/debuggable";
import * as logModule from "@pulumi/pulumi/log";

/*
 * Two things that the SDK does to be debugged itself are a third of its work in a run over an environment. It writes down
 * a stack trace for every promise it makes, to name the ones that never end (`PULUMI_DEBUG_PROMISE_LEAKS`); errors keep
 * theirs. And it tells the engine of every step by a call of its own, one after the other, in texts that may hold values.
 */

interface Debuggable {
  readonly debugPromiseLeaks: boolean;
  debuggablePromise: (promise: Promise<unknown>, context?: unknown) => Promise<unknown>;
}

const debuggable = debuggableModule as unknown as Debuggable;
const traced = debuggable.debuggablePromise;

debuggable.debuggablePromise = (promise, context) => {
  if (debuggable.debugPromiseLeaks) return traced(promise, context);
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return traced(promise, context);
  } finally {
    Error.stackTraceLimit = limit;
  }
};

(logModule as { debug: typeof logModule.debug }).debug = () => Promise.resolve();
