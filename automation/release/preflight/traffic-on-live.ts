import { exitCodes } from "../../model/errors";
import { judged, type PreflightCheck, type PreflightFinding } from "./preflight-check";

export const trafficOnLive: PreflightCheck = {
  id: "traffic-on-live",
  why: "A release begins with all traffic on the live slot; anything else is a release that did not end, or a change by hand.",
  onlyWarns: ["rollback"],
  run: ({ plan, pairs, routes, stack }) => {
    if (plan.mode !== "slots") return [];
    const failed = (text: string, remedy: string): PreflightFinding => ({
      kind: "failed",
      text,
      remedy,
      exitCode: exitCodes.blocked,
    });
    const unrouted = pairs.filter(({ blue, green }) =>
      plan.routes.every(({ groups }) => groups.blue !== blue || groups.green !== green),
    );
    return [
      ...unrouted.map(({ container }) =>
        failed(
          `No listener splits traffic between the slots of ${plan.service}/${container}.`,
          `The listener was changed elsewhere: \`slipway drift ${stack}\` shows it, \`slipway up ${stack}\` repairs it.`,
        ),
      ),
      ...judged(routes, (views) =>
        views
          .filter(({ weights }) => weights[plan.from.slot] !== 100 || weights[otherThan(plan.from.slot)] !== 0)
          .map(({ arn, weights }) =>
            failed(
              `Traffic of ${plan.service} is split blue ${weights.blue} / green ${weights.green}, and ${plan.from.slot} is the live slot (${arn}).`,
              `Put it back first: \`slipway release abort ${stack}\` when a release was left open, else \`slipway rollback ${stack} ${plan.service}\`.`,
            ),
          ),
      ),
    ];
  },
};

const otherThan = (slot: "blue" | "green"): "blue" | "green" => (slot === "blue" ? "green" : "blue");
