import { markdownTable } from "../../infra/config/markdown-table";
import type { GateRule } from "../gate/rule";

/** The page about the diff gate, with its table of rules. */
export function gateReference(rules: readonly GateRule[]): string {
  return [
    "# The diff gate",
    "Before anything is deployed, the gate looks at what the engine is about to do: operation, type, old and new values of each resource. It reads the engine's events, not the text of a preview. `slipway gate <stack>` only judges; `slipway up` judges and then applies exactly the plan that was judged. A preview that fails closes the gate, and so does an operation that no rule knows.",
    markdownTable(
      ["Verdict", "Meaning", "`gate` exits", "`up`"],
      [
        ["PASS", "Safe changes only", "0", "goes on"],
        ["PASS with Warnings", "Changes that a person should read", "0", "goes on"],
        ["BLOCKED", "At least one change that may cause an outage or a loss", "1", "stops with 3, nothing changed"],
      ],
    ),
    "## Rules",
    "The first rule that fits a change decides; `protection-removed` is found besides it. What no rule fits passes: it is a new resource, or a change in place that hurts nobody. A replacement counts once. Components are not judged, the resources in them are. This table is made from `automation/gate/rules.ts` by `npm run docs`.",
    markdownTable(
      ["Rule", "Verdict", "Types", "Operations", "Only when", "Danger", "Why"],
      rules.map(({ id, kind, types, ops, when, danger, why }) => [
        id,
        kind,
        types.map((type) => (type === "*" ? "any" : `\`${type}\``)).join(", "),
        ops.join(", "),
        when?.text ?? "",
        danger,
        why,
      ]),
    ),
    "## Overriding a closed gate",
    "In an emergency, after a written justification and the team's approval:",
    "```sh\nSKIP_DIFF_GATE=true slipway up <stack> --justification <issue or pull request> --approved-by <name>\n```",
    "Only the exact value `true` counts. On a terminal, what is missing is asked for. The findings are still printed, and the override is recorded with its justification, approver, caller and findings in the stack's history (`slipway history <stack>`), before the update begins.",
    "## Destroying",
    "`slipway destroy` is no deployment: the gate does not block it, and only names what it would have stopped. What protects there is the list of losses and the question for the stack's name.",
    "",
  ].join("\n\n");
}
