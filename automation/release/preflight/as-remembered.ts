import { exitCodes } from "../../model/errors";
import { judged, type PreflightCheck, type PreflightFinding } from "./preflight-check";

export const asRemembered: PreflightCheck = {
  id: "as-remembered",
  why: "When the stack does not know what runs, its way back leads to something else than what worked.",
  onlyWarns: ["rollback"],
  run: ({ plan, running, services, stack }) => {
    const view = services.kind === "known" ? services.value[plan.from.slot] : undefined;
    if (view === undefined) return [];
    const failed = (text: string): readonly PreflightFinding[] => [
      {
        kind: "failed",
        text: `${plan.service} was changed elsewhere: ${text}`,
        remedy: `\`slipway drift ${stack}\` shows it; \`slipway up ${stack} --refresh\` puts back what the stack remembers.`,
        exitCode: exitCodes.blocked,
      },
    ];
    return judged(running, (definition) => {
      if (definition === undefined) return failed(`its task definition ${view.taskDefinition} is not there.`);
      const names = [...new Set([...Object.keys(plan.from.images), ...Object.keys(definition.images)])].sort();
      const other = names.filter((name) => plan.from.images[name] !== definition.images[name]);
      const shown = other.map(
        (name) =>
          `container ${name} runs ${definition.images[name] ?? "nothing"}, and the stack remembers ${plan.from.images[name] ?? "none"}`,
      );
      return other.length === 0 ? [] : failed(`${shown.join("; ")} (${definition.arn}).`);
    });
  },
};
