import type { Context } from "../context";
import type { ServicePlan, Weights } from "../model/release/plan";

/**
 * Gives the live slot all traffic, where somebody else has split it: a rollback or a restart would take the odd split
 * for a change behind its back, and end there. A live slot without healthy targets gets nothing more.
 */
export async function trafficToLive(
  { traffic }: Pick<Context, "traffic">,
  { mode, routes, from, slots }: ServicePlan,
): Promise<void> {
  if (mode !== "slots" || routes.length === 0) return;
  const all: Weights = from.slot === "blue" ? { blue: 100, green: 0 } : { blue: 0, green: 100 };
  const views = await traffic.weights(routes);
  if (views.every(({ weights }) => weights.blue === all.blue && weights.green === all.green)) return;
  const groups = await Promise.all((slots[from.slot]?.targetGroups ?? []).map((group) => traffic.targets(group)));
  if (groups.every((targets) => targets.some(({ state }) => state === "healthy")))
    await traffic.setWeights(routes, all);
}
