import type { StackConfig } from "../infra/config/schema";
import type { Clock } from "./ports/clock";
import type { Engine } from "./ports/engine";
import type { Farewell } from "./ports/farewell";
import type { History } from "./ports/history";
import type { Identity } from "./ports/identity";
import type { Lock } from "./ports/lock";
import type { Machine } from "./ports/machine";
import type { Output } from "./ports/output";

/** Everything a command for one stack may reach. Built once, in `wiring.ts`. */
export interface Context {
  readonly stack: string;
  readonly project: string;
  readonly region: string;
  readonly config: StackConfig;
  readonly engine: Engine;
  readonly identity: Identity;
  readonly output: Output;
  readonly clock: Clock;
  readonly history: History;
  /** Of this stack. */
  readonly lock: Lock;
  readonly machine: Machine;
  readonly farewell: Farewell;
  /** `SKIP_DIFF_GATE` is exactly `true`: a block may be overridden, with a justification and an approval. */
  readonly skipDiffGate: boolean;
}
