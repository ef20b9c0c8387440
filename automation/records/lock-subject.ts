import type { SharedName } from "../model/switch/plan";
import { lockKey, serviceLockKey, switchLockKey, type RecordScope } from "./record-keys";

/** What a lock is for: where it stands, and how messages speak of it. */
export interface LockSubject {
  readonly key: string;
  /** `staging`, `the release of web in staging`. */
  readonly name: string;
  /** The same as the first words of a sentence. */
  readonly title: string;
  /** Whoever is refused is told with this word. */
  readonly code: "stack-locked" | "release-locked" | "switch-locked";
  /** What is typed after the command that holds it: `staging`, `staging web`. */
  readonly words: string;
  /** What is typed after `slipway unlock`. */
  readonly unlockWords: string;
  /** Where to look when it was lost. */
  readonly look: string;
}

export const stackSubject = (scope: RecordScope): LockSubject => ({
  key: lockKey(scope),
  name: scope.stack,
  title: scope.stack,
  code: "stack-locked",
  words: scope.stack,
  unlockWords: scope.stack,
  look: `\`slipway history ${scope.stack}\`, then at \`slipway preview ${scope.stack}\`, and run it again`,
});

export const serviceSubject = (scope: RecordScope, service: string): LockSubject => ({
  key: serviceLockKey(scope, service),
  name: `the release of ${service} in ${scope.stack}`,
  title: `The release of ${service} in ${scope.stack}`,
  code: "release-locked",
  words: `${scope.stack} ${service}`,
  unlockWords: `${scope.stack} --service ${service}`,
  look: `\`slipway release status ${scope.stack} ${service}\``,
});

/** Both stacks of a name have the same lock for its switches. */
export const switchSubject = ({ project, stack }: RecordScope, shared: SharedName): LockSubject => ({
  key: switchLockKey(project, shared),
  name: `the switch of ${shared.name}`,
  title: `The switch of ${shared.name}`,
  code: "switch-locked",
  words: stack,
  unlockWords: `${stack} --switch`,
  look: `\`slipway switch ${stack} --status\``,
});
