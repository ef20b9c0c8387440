import { exitCodes } from "../../model/errors";
import { judged, type PreflightCheck, type PreflightFinding } from "./preflight-check";

export const verifiedVersion: PreflightCheck = {
  id: "verified-version",
  why: "What production gets has worked where it was to be tried first.",
  run: ({ plan, evidence, stack }) =>
    judged(evidence, (found): readonly PreflightFinding[] => {
      const failed = (text: string, source: string): readonly PreflightFinding[] => [
        {
          kind: "failed",
          text,
          remedy: `Release it in ${source} first: \`slipway release ${source} ${plan.service}=${plan.to.version}\`.`,
          exitCode: exitCodes.blocked,
        },
      ];
      switch (found.kind) {
        case "not-asked":
        case "verified":
        case "ran-here":
          return [];
        case "none":
          return failed(
            `${stack} takes only what ${found.source} has verified, and ${plan.service} ${plan.to.version} was never released there with success.`,
            found.source,
          );
        case "moved":
          return failed(
            `${plan.service} ${plan.to.version} is another image than the one ${found.source} verified under this tag (${found.there}, now ${found.here}).`,
            found.source,
          );
        case "went-back":
          return failed(
            `${plan.service} ${plan.to.version} was taken back in ${found.source} (${found.at}).`,
            found.source,
          );
        case "no-way":
          return [
            {
              kind: "failed",
              text: `${stack} takes only what ${found.source} has verified, and the records of ${found.source} cannot be read: ${found.why}`,
              remedy: "Check `slipway:promotion.verifiedIn` and the rights on the records' store.",
              exitCode: exitCodes.blocked,
            },
          ];
      }
    }),
};
