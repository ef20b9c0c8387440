import { exitCodes } from "../../model/errors";
import type { TargetView } from "../../model/release/observed";
import { judged, type PreflightCheck, type PreflightFinding, type Seen } from "./preflight-check";

export const liveHealthy: PreflightCheck = {
  id: "live-healthy",
  why: "What is not healthy now is no side to go back to.",
  onlyWarns: ["rollback", "restart"],
  run: (seen) => [...tasks(seen, telling(seen)), ...targets(seen, telling(seen))],
};

/** A finding about one service, as it is told. */
type Tell = (text: string) => PreflightFinding;

const telling =
  ({ stack, plan: { service } }: Seen): Tell =>
  (text) => ({
    kind: "failed",
    text,
    remedy: `Find out why first: the events of its ECS service and the logs of its tasks tell. \`slipway rollback ${stack} ${service}\` is possible at any time, and \`slipway restart ${stack} ${service}\`.`,
    exitCode: exitCodes.unhealthy,
  });

function tasks(seen: Seen, failed: Tell): readonly PreflightFinding[] {
  const { plan, service, services } = seen;
  return judged(services, (views) => {
    const live = views[plan.from.slot];
    // A service that is gone, or that is to run nothing, is another check's.
    if (live?.status !== "ACTIVE") return [];
    if (live.desired === 0)
      return service.desiredCount === 0 && service.autoscaling === undefined ? [] : [emptied(seen, live.serviceName)];
    return live.running === live.desired
      ? []
      : [failed(`${live.serviceName} is live and runs ${live.running} of ${live.desired} tasks.`)];
  });
}

/** Scaling minds only what runs, so a scaled service is told anew by a restart. */
const emptied = ({ stack, plan, service }: Seen, serviceName: string): PreflightFinding => ({
  kind: "failed",
  text: `${serviceName} is live and runs nothing: its desired count is 0.`,
  remedy:
    service.autoscaling === undefined
      ? `Somebody has set it: \`slipway up ${stack} --refresh\` puts the configured count back.`
      : `Somebody has set it: \`slipway restart ${stack} ${plan.service}\` starts tasks again.`,
  exitCode: exitCodes.unhealthy,
});

interface Group {
  readonly name: string;
  /** Without those that are leaving. */
  readonly targets: readonly TargetView[];
}

function targets({ plan, targets: asked, services }: Seen, failed: Tell): readonly PreflightFinding[] {
  if (services.kind === "known" && services.value[plan.from.slot]?.desired === 0) return [];
  const arns = plan.slots[plan.from.slot]?.targetGroups ?? [];
  return judged(asked, (views) => {
    const groups = views.map((view, index): Group => ({
      name: nameOf(arns[index] ?? ""),
      targets: view.filter(({ state }) => state !== "draining"),
    }));
    const filled = groups.filter((group) => group.targets.length > 0);
    // ECS itself moves a service between two groups, of which one is empty.
    return (plan.mode === "ecs" && filled.length > 0 ? filled : groups).flatMap((group) => {
      if (group.targets.length === 0)
        return [failed(`Target group ${group.name} of ${plan.service} is live and has no target.`)];
      return group.targets.every(({ state }) => state === "healthy") ? [] : [failed(unhealthy(plan.service, group))];
    });
  });
}

function unhealthy(service: string, { name, targets: all }: Group): string {
  const bad = all.filter(({ state }) => state !== "healthy");
  const shown = bad.map(({ id, state, reason }) => `${id} ${state}${reason === "" ? "" : ` (${reason})`}`);
  return `Target group ${name} of ${service}: ${all.length - bad.length} of ${all.length} targets are healthy; ${shown.join(", ")}.`;
}

/** `targetgroup/<name>/<id>` in the ARN. */
const nameOf = (arn: string): string => arn.split("/")[1] ?? arn;
