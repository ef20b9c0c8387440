import type { HookAnswer, HookTargets } from "./model";

/** Stands in for Lambda: what a function answers is what somebody has set for it, and success otherwise. */
export interface HookBook extends HookTargets {
  /** @param arn of the function; undefined takes back what was set */
  set(arn: string, answer: HookAnswer | undefined): void;
}

export function createHookBook(): HookBook {
  const answers = new Map<string, HookAnswer>();
  return {
    call: (arn) => Promise.resolve(answers.get(arn) ?? { hookStatus: "SUCCEEDED" }),
    set(arn, answer) {
      if (answer) answers.set(arn, answer);
      else answers.delete(arn);
    },
  };
}
