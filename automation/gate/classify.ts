import type { Change } from "../model/change";
import type { Finding } from "../model/finding";
import type { GateRule, Run } from "./rule";
import { gateRules } from "./rules";

export type Verdict =
  | { readonly kind: "pass" }
  | { readonly kind: "warn"; readonly warnings: readonly Finding[] }
  | { readonly kind: "block"; readonly blocks: readonly Finding[]; readonly warnings: readonly Finding[] };

/** Decides what a set of changes means. Pure: the same changes always get the same verdict. Components are not judged. */
export function classify(run: Run, rules: readonly GateRule[] = gateRules): Verdict {
  const blocks: Finding[] = [];
  const warnings: Finding[] = [];
  for (const change of run.changes.filter(({ custom }) => custom)) {
    for (const rule of rulesFor(change, run, rules)) {
      if (rule.kind === "block") blocks.push(finding(change, rule));
      if (rule.kind === "warn") warnings.push(finding(change, rule));
    }
  }
  if (blocks.length > 0) return { kind: "block", blocks, warnings };
  return warnings.length > 0 ? { kind: "warn", warnings } : { kind: "pass" };
}

/** Everything that goes away, for good or for a moment, whatever the rules say about it. */
export const removals = (changes: readonly Change[]): readonly Change[] =>
  changes.filter(({ custom, op }) => custom && (op === "replace" || op === "delete"));

/** The first that fits, and those that say more. */
function rulesFor(change: Change, run: Run, rules: readonly GateRule[]): readonly GateRule[] {
  const fitting = rules.filter((rule) => fits(rule, change, run));
  const first = fitting.find(({ isBesides }) => isBesides !== true);
  return fitting.filter((rule) => rule.isBesides === true || rule === first);
}

function fits(rule: GateRule, change: Change, run: Run): boolean {
  const isNamed = rule.types.some((type) =>
    type.endsWith("*") ? change.type.startsWith(type.slice(0, -1)) : change.type === type,
  );
  return isNamed && rule.ops.includes(change.op) && (rule.when?.holds(change, run) ?? true);
}

const finding = ({ urn, name, type, op }: Change, { id, danger, why }: GateRule): Finding => ({
  urn,
  name,
  type,
  op,
  rule: id,
  danger,
  why,
});
