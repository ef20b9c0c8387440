import { failureText, type EngineFailure } from "./engine-failure";

/** What the operator is told; the resource only when it is not the one whose diagnostic comes first. */
export interface Telling {
  readonly message: string;
  readonly remedy: string;
  readonly resource?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface EngineErrorRule {
  readonly code: string;
  readonly exitCode: number;
  /** Why this end has a code of its own. */
  readonly reason: string;
  /** Undefined when the failure is another one. */
  readonly tell: (failure: EngineFailure) => Telling | undefined;
}

/** A rule's `tell` for failures that a pattern knows. */
export const whenSaid =
  (pattern: RegExp, tell: (match: RegExpExecArray, failure: EngineFailure) => Telling) =>
  (failure: EngineFailure): Telling | undefined => {
    const match = pattern.exec(failureText(failure));
    return match === null ? undefined : tell(match, failure);
  };
