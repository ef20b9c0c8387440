import { exitCodes } from "../../model/errors";
import { judged, type PreflightCheck, type PreflightFinding } from "./preflight-check";

export const trafficOnLive: PreflightCheck = {
  id: "traffic-on-live",
  why: "A release begins with all traffic on the live slot; anything else is a release that did not end, or a change by hand.",
  // Both begin with all traffic back on the live slot, and so are the way out.
  onlyWarns: ["rollback", "restart"],
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
      ...unrouted.map(({ container, blue, green }) =>
        failed(
          `No listener splits traffic between the slots of ${plan.service}/${container}.`,
          `It was changed elsewhere, as \`slipway drift ${stack}\` shows: let it forward to ${weighted(blue, plan.from.slot === "blue")} and ${weighted(green, plan.from.slot === "green")} again. Where its rule was deleted, \`slipway up ${stack} --refresh\` makes it again.`,
        ),
      ),
      ...judged(routes, (views) =>
        views
          .filter(({ weights }) => weights[plan.from.slot] !== 100 || weights[otherThan(plan.from.slot)] !== 0)
          .map(({ arn, weights }) =>
            failed(
              `Traffic of ${plan.service} is split blue ${weights.blue} / green ${weights.green}, and ${plan.from.slot} is the live slot (${arn}).`,
              `\`slipway restart ${stack} ${plan.service}\` gives the live slot all traffic again, and then starts its tasks anew; \`slipway up\` leaves weights alone.`,
            ),
          ),
      ),
    ];
  },
};

const weighted = (group: string, isLive: boolean): string => `${group} (weight ${isLive ? 100 : 0})`;

const otherThan = (slot: "blue" | "green"): "blue" | "green" => (slot === "blue" ? "green" : "blue");
