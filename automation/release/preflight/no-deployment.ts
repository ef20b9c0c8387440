import { exitCodes } from "../../model/errors";
import type { DeploymentView, ServiceView } from "../../model/release/observed";
import { judged, type PreflightCheck, type PreflightFinding } from "./preflight-check";

export const noDeployment: PreflightCheck = {
  id: "no-deployment",
  why: "Two deployments of one service at a time replace each other, and neither is what was checked.",
  onlyWarns: ["rollback"],
  run: ({ services }) =>
    judged(services, (views) =>
      Object.values(views).flatMap((service): readonly PreflightFinding[] => {
        const running = inFlight(service);
        if (running === undefined) return [];
        return [
          {
            kind: "failed",
            text: `${service.serviceName} has a deployment in flight: ${running.id}, since ${running.createdAt} (${running.running} of ${running.desired} tasks run).`,
            remedy:
              "Wait until it is over. `slipway release status` says whether it is one of ours, which `slipway release resume` or `abort` end.",
            exitCode: exitCodes.blocked,
          },
        ];
      }),
    ),
};

/** ECS keeps a second entry only while it moves from one to the other. */
function inFlight({ deployments }: ServiceView): DeploymentView | undefined {
  const primary = deployments.find(({ status }) => status === "PRIMARY");
  if (primary === undefined) return undefined;
  const moves = primary.rolloutState === "IN_PROGRESS" || deployments.some(({ status }) => status === "ACTIVE");
  return moves ? primary : undefined;
}
