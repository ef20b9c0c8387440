import "./late-modules";
import * as debuggable from "@pulumi/pulumi/runtime/debuggable";

/**
 * The SDK writes down a stack trace for every promise it makes, to name the ones that never end when it is told to
 * (`PULUMI_DEBUG_PROMISE_LEAKS`). In a run over an environment that is a fifth of all its work, for nothing; errors keep theirs.
 */
interface Debuggable {
  readonly debugPromiseLeaks: boolean;
  debuggablePromise: (promise: Promise<unknown>, context?: unknown) => Promise<unknown>;
}

const sdk = debuggable as unknown as Debuggable;
const traced = sdk.debuggablePromise;

sdk.debuggablePromise = (promise, context) => {
  if (sdk.debugPromiseLeaks) return traced(promise, context);
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return traced(promise, context);
  } finally {
    Error.stackTraceLimit = limit;
  }
};
