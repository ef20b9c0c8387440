import type { Slot } from "../../infra/releases";
import type { Context } from "../context";
import type { ServiceView } from "../model/release/observed";
import type { Route, ServicePlan, SlotResources } from "../model/release/plan";
import type { Parts } from "./plan-parts";
import type { StackFacts } from "./stack-facts";

/** With ECS' own controller one service moves between the target groups of both slots. */
export function resourcesOf(
  { service, deployed, live }: Parts,
  { serviceNames, targetGroups }: StackFacts,
  mode: ServicePlan["mode"],
): ServicePlan["slots"] {
  const groups = Object.values(targetGroups[service] ?? {});
  const ofSlot = (slot: Slot): SlotResources => ({
    serviceName: serviceNames[service]?.[slot] ?? "",
    targetGroups: groups.flatMap((bySlot) => (mode === "ecs" ? Object.values(bySlot) : (bySlot[slot] ?? []))),
  });
  const used = mode === "slots" ? deployed : [live.slot];
  return Object.fromEntries(used.map((slot) => [slot, ofSlot(slot)]));
}

/** Every listener and rule that splits traffic between the slots of one of its containers. */
export async function routesOf(
  { traffic }: Pick<Context, "traffic">,
  facts: StackFacts,
  service: string,
): Promise<readonly Route[]> {
  const pairs = Object.values(facts.targetGroups[service] ?? {}).flatMap(({ blue, green }) =>
    blue === undefined || green === undefined ? [] : [{ blue, green }],
  );
  return (await Promise.all(pairs.map((groups) => traffic.routesBetween(groups)))).flat();
}

/** The ECS service of the live slot; undefined when it is gone. */
export async function liveService(
  { containers }: Pick<Context, "containers">,
  { cluster, serviceNames }: StackFacts,
  { service, live }: Parts,
): Promise<ServiceView | undefined> {
  const name = serviceNames[service]?.[live.slot];
  return name === undefined ? undefined : (await containers.describe(cluster, [name]))[0];
}

/** CloudWatch's dimension, which a listener's and a rule's ARN contain: `.../app/<name>/<id>/<listener>`. */
export const loadBalancerOf = (routes: readonly Route[]): string | null =>
  routes.flatMap(({ arn }) => /\/(app\/[^/]+\/[^/]+)\//.exec(arn)?.[1] ?? [])[0] ?? null;
