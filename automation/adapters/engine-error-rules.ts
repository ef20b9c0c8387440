import type { EngineErrorRule } from "./engine-error-rule";
import { refusals } from "./engine-refusals";
import { stateErrors } from "./engine-state-errors";
import { workErrors } from "./engine-work-errors";

/** First match wins: what cut the run off stands before what it was refused, and that before what went wrong. */
export const engineErrorRules: readonly EngineErrorRule[] = [...stateErrors, ...refusals, ...workErrors];
