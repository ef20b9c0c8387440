import type { Change } from "../model/change";
import type { Finding } from "../model/finding";
import { textTable } from "../model/text-table";
import { removals, type Verdict } from "./classify";

/** The verdict in the words that documents use for it. */
export function describeVerdict(verdict: Verdict): string {
  switch (verdict.kind) {
    case "pass":
      return "Diff gate: PASS";
    case "warn":
      return `Diff gate: PASS with Warnings (${verdict.warnings.length})\n\n${findingTable(verdict.warnings)}`;
    case "block":
      return [
        `Diff gate: BLOCKED (${verdict.blocks.length})\n\n${findingTable(verdict.blocks)}`,
        ...(verdict.warnings.length === 0
          ? []
          : [`Warnings (${verdict.warnings.length})\n\n${findingTable(verdict.warnings)}`]),
      ].join("\n\n");
  }
}

/** What is replaced or deleted, before anything is judged; empty when nothing is. */
export function describeRemovals(changes: readonly Change[]): string {
  const found = removals(changes);
  if (found.length === 0) return "";
  return `Replaced or deleted (${found.length})\n\n${textTable(
    ["Operation", "Resource", "Type"],
    found.map(({ op, name, type }) => [op, name, type]),
  )}`;
}

/** All findings of a verdict, the blocking ones first. */
export function findingsOf(verdict: Verdict): readonly Finding[] {
  switch (verdict.kind) {
    case "pass":
      return [];
    case "warn":
      return verdict.warnings;
    case "block":
      return [...verdict.blocks, ...verdict.warnings];
  }
}

const findingTable = (findings: readonly Finding[]): string =>
  textTable(
    ["Operation", "Resource", "Type", "Rule", "Danger"],
    findings.map(({ op, name, type, rule, danger }) => [op, name, type, rule, danger]),
  );
