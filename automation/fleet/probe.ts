import type { Context } from "../context";
import type { Fleet } from "../model/fleet/fleet";
import type { FleetProbe } from "../model/fleet/journal";
import type { FleetMember } from "../model/fleet/plan";
import type { InstanceAnswer } from "../ports/instances";
import { checkInstance } from "./check-instance";
import { shownAnswer } from "./shown-answer";

/** One look at a watched instance: its check, how long that took, and what its logs say. A call that fails is a sick look. */
export async function probe(
  context: Pick<Context, "clock" | "instances" | "http">,
  component: string,
  fleet: Fleet,
  { instance, version }: FleetMember,
): Promise<FleetProbe> {
  const { clock, instances } = context;
  const begin = clock.now().getTime();
  const check = await complaintOf(() => checkInstance(context, component, fleet, instance, version));
  const ms = "http" in fleet.check ? clock.now().getTime() - begin : null;
  const { commands } = fleet.canaryWatch;
  const logs = commands === undefined ? "" : await complaintOf(() => instances.check(instance, commands, version));
  return { instance, version, sick: check, odd: logs, ms };
}

/** Empty for a good one. */
async function complaintOf(call: () => Promise<InstanceAnswer>): Promise<string> {
  const answer = await shownAnswer(call);
  return answer.kind === "ok" ? "" : answer.text;
}
