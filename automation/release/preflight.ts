import type { Context } from "../context";
import type { SlipwayError } from "../model/errors";
import type { ServicePlan } from "../model/release/plan";
import type { Journals } from "../ports/journals";
import type { StackFacts } from "./stack-facts";

export type PreflightContext = Pick<Context, "config" | "stack" | "containers" | "traffic" | "metrics" | "registry" | "journals">;
export interface PreflightOptions {
  /** A version that already ran here needs no proof from elsewhere, and what runs now needs none either. */
  readonly command: "release" | "rollback" | "restart";
  /** Records of another stack of the project, for `slipway:promotion.verifiedIn`. */
  readonly journalsOf?: (stack: string) => Promise<Journals> | Journals;
}
export interface PreflightResult {
  readonly service: string;
  readonly check: string;
  readonly kind: "failed" | "warned";
  readonly text: string;
  readonly remedy: string;
  readonly exitCode?: number;
}
export interface PreflightReport {
  readonly failed: readonly PreflightResult[];
  readonly warned: readonly PreflightResult[];
}
export async function runPreflight(
  _context: PreflightContext,
  _plans: readonly ServicePlan[],
  _facts: StackFacts,
  _options: PreflightOptions,
): Promise<PreflightReport> {
  throw new Error("to come");
}
/** Undefined when nothing failed. */
export function preflightError(_report: PreflightReport): SlipwayError | undefined {
  throw new Error("to come");
}
