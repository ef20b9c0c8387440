import { exitCodes } from "../../model/errors";
import { slots } from "../../../infra/releases";
import { judged, type PreflightCheck, type PreflightFinding } from "./preflight-check";

export const serviceExists: PreflightCheck = {
  id: "service-exists",
  why: "Only an ECS service that is ACTIVE takes a deployment, and only one that runs tasks can prove a version healthy.",
  run: ({ plan, service, services, stack }) =>
    judged(services, (views) => {
      const failed = (text: string, remedy: string): PreflightFinding => ({
        kind: "failed",
        text,
        remedy,
        exitCode: exitCodes.blocked,
      });
      const gone = slots.flatMap((slot): readonly PreflightFinding[] => {
        const name = plan.slots[slot]?.serviceName;
        const status = views[slot]?.status ?? "not there";
        if (name === undefined || status === "ACTIVE") return [];
        return [
          failed(
            `ECS service ${name} (${slot}) is ${status}.`,
            `It was removed elsewhere: \`slipway drift ${stack}\` shows it, \`slipway up ${stack} --refresh\` makes it again.`,
          ),
        ];
      });
      const empty =
        service.desiredCount === 0 && service.autoscaling === undefined && views[plan.from.slot]?.desired === 0;
      return [
        ...gone,
        ...(empty
          ? [
              failed(
                `${plan.service} is configured with \`desiredCount: 0\`: no task would show whether the version works.`,
                `Set \`slipway:services.${plan.service}.desiredCount\`, run \`slipway up ${stack}\`, and release then.`,
              ),
            ]
          : []),
      ];
    }),
};
