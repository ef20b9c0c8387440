import { allOn, type Slot } from "../../infra/releases";
import type { Context } from "../context";
import type { ServicePlan } from "../model/release/plan";

/**
 * Gives a slot all traffic, where somebody else has split it. Before a rollback or a restart, which would take the odd
 * split for a change behind its back, and end there; and before a release is closed, whose other slot runs nothing any
 * more. A slot without healthy targets gets nothing more.
 *
 * @param live the slot that serves
 */
export async function trafficToLive(
  { traffic }: Pick<Context, "traffic">,
  { mode, routes, slots }: Pick<ServicePlan, "mode" | "routes" | "slots">,
  live: Slot,
): Promise<void> {
  if (mode !== "slots" || routes.length === 0) return;
  const all = allOn(live);
  const views = await traffic.weights(routes);
  if (views.every(({ weights }) => weights.blue === all.blue && weights.green === all.green)) return;
  const groups = await Promise.all((slots[live]?.targetGroups ?? []).map((group) => traffic.targets(group)));
  if (groups.every((targets) => targets.some(({ state }) => state === "healthy")))
    await traffic.setWeights(routes, all);
}
