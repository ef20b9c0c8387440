import type { AlarmView, CheckResult } from "../release/observed";
import type { Weights } from "../release/plan";
import type { Colour } from "./plan";

/** How an environment is doing. */
export interface ColourHealth {
  /** Every service and every target that is not as it should be, such as a task that starts; empty when all are. */
  readonly faults: readonly string[];
  /** Those of them that do not pass by themselves: scaling out under new traffic is no reason to go back. */
  readonly failures: readonly string[];
  /** Whether somebody would answer: every target group has a healthy target. */
  readonly serving: boolean;
  /** Alarms that fire. */
  readonly firing: readonly AlarmView[];
}

/** What is known now. `blind`: AWS could not be asked, since when. */
export type SwitchObserved =
  | { readonly kind: "blind"; readonly since: string; readonly error: string }
  | {
      readonly kind: "seen";
      /** Shares of the answers that Route 53 was told to give, in percent. */
      readonly shares: Weights;
      readonly health: Readonly<Record<Colour, ColourHealth>>;
      /** Whether the last change of weights is everywhere; absent when there is none to ask for. */
      readonly inSync?: boolean;
      /** Only right after the action `check`. */
      readonly checks?: CheckResult;
    };
