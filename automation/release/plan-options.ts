import type { Images } from "../../infra/releases";
import type { RollbackPolicy } from "../model/release/strategy";
import type { StepWords } from "./step-words";
import type { Target } from "./targets";

/** What one service is to run next. */
export type Wanted =
  /** Another version, as the command line says it. */
  | { readonly kind: "target"; readonly target: Target }
  /** Images that are known already, as a rollback has them; a container that is missing keeps its own. */
  | { readonly kind: "images"; readonly service: string; readonly images: Images; readonly version: string }
  /** The same in new tasks. */
  | { readonly kind: "restart"; readonly service: string };

/** What one run wants otherwise than configuration. */
export interface PlanOptions {
  readonly words?: StepWords;
  readonly rollback?: RollbackPolicy;
  readonly warmSeconds?: number;
  /** Names of alarms that are not judged. */
  readonly ignoreAlarms?: readonly string[];
  /** Why they are not. */
  readonly reason?: string;
  /**
   * What of alarms that fire already: `judged` lets the preflight refuse them, `ignored` is for a way back, which they
   * must not take back in turn. @default "judged" for another version, "ignored" for known images and restarts
   */
  readonly firingAlarms?: "judged" | "ignored";
}
