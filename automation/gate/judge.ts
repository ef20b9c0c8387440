import type { Context } from "../context";
import type { Change } from "../model/change";
import type { PreviewResult } from "../ports/engine";
import type { GateOverride } from "../ports/history";
import { classify, type Verdict } from "./classify";
import { describeRemovals, describeVerdict, findingsOf } from "./describe";
import { overrideRecord, type OverrideWords } from "./override";

export type GateOutcome =
  | { readonly kind: "open"; readonly verdict: Verdict }
  | { readonly kind: "closed"; readonly verdict: Verdict }
  | { readonly kind: "overridden"; readonly verdict: Verdict; readonly override: GateOverride };

export type GateContext = Pick<Context, "stack" | "identity" | "machine" | "output" | "skipDiffGate">;

/** Judges a preview and tells what it found. Whoever goes on with an override records it first. */
export async function judge(context: GateContext, preview: PreviewResult, words: OverrideWords): Promise<GateOutcome> {
  const verdict = classify({ changes: preview.changes, firstDeployment: !preview.exists });
  tell(context, preview.changes, verdict);
  if (verdict.kind !== "block") return { kind: "open", verdict };
  if (!context.skipDiffGate) return { kind: "closed", verdict };
  const override = await overrideRecord(context, findingsOf(verdict), words);
  context.output.say(`The gate is overridden: ${override.justification} (approved by ${override.approvedBy}).`);
  return { kind: "overridden", verdict, override };
}

function tell({ output }: GateContext, changes: readonly Change[], verdict: Verdict): void {
  const removed = describeRemovals(changes);
  if (removed !== "") output.say(removed);
  output.say(describeVerdict(verdict));
}
