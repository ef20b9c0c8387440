import type { Context } from "../context";
import type { ServiceView, TargetView } from "../model/release/observed";
import type { ColourHealth } from "../model/switch/observed";
import type { SideService, SwitchSide } from "../model/switch/plan";

export type HealthContext = Pick<Context, "containers" | "traffic" | "metrics">;

/** How an environment is doing: services, targets and alarms. Failures are `CloudError`s. */
export async function healthOf(
  { containers, traffic, metrics }: HealthContext,
  { cluster, services, alarms }: SwitchSide,
): Promise<ColourHealth> {
  const [views, targets, states] = await Promise.all([
    containers.describe(
      cluster,
      services.map(({ serviceName }) => serviceName),
    ),
    Promise.all(services.map(({ targetGroups }) => Promise.all(targetGroups.map((arn) => traffic.targets(arn))))),
    alarms.length === 0 ? [] : metrics.alarms(alarms),
  ]);
  const found = services.flatMap((service, index) =>
    findings(
      service,
      views.find(({ serviceName }) => serviceName === service.serviceName),
      targets[index] ?? [],
    ),
  );
  const groups = targets.flat();
  return {
    faults: found.map(({ text }) => text),
    failures: found.filter(({ lasts }) => lasts).map(({ text }) => text),
    serving: groups.length > 0 && groups.every((group) => group.some(({ state }) => state === "healthy")),
    firing: states.filter(({ state }) => state === "ALARM"),
  };
}

interface Finding {
  readonly text: string;
  /** It does not pass by itself. */
  readonly lasts: boolean;
}

function findings(
  { service, serviceName }: SideService,
  view: ServiceView | undefined,
  groups: readonly (readonly TargetView[])[],
): readonly Finding[] {
  if (view === undefined || view.status !== "ACTIVE")
    return [{ text: `${service}: there is no ECS service ${serviceName}`, lasts: true }];
  const { running, desired, deployments } = view;
  const hasFailed = deployments.some(({ status, rolloutState }) => status === "PRIMARY" && rolloutState === "FAILED");
  return [
    ...(running === desired
      ? []
      : [{ text: `${service}: ${running} of ${desired} tasks run in ${serviceName}`, lasts: running === 0 }]),
    ...(hasFailed ? [{ text: `${service}: its last deployment has failed`, lasts: true }] : []),
    ...groups.flatMap((group) => targetFindings(service, group)),
  ];
}

function targetFindings(service: string, group: readonly TargetView[]): readonly Finding[] {
  // Those that leave have finished their part, whatever became of it.
  const staying = group.filter(({ state }) => state !== "draining");
  const isServed = staying.some(({ state }) => state === "healthy");
  if (staying.length === 0)
    return [{ text: `${service}: nothing is registered behind the load balancer`, lasts: true }];
  return staying
    .filter(({ state }) => state !== "healthy")
    .map(({ id, state, reason }) => ({
      text: `${service}: target ${id} is ${state}${reason === "" ? "" : ` (${reason})`}`,
      lasts: !isServed || state !== "initial",
    }));
}
