import type { Context } from "../context";
import { CloudError } from "../model/cloud-error";
import type { Fleet } from "../model/fleet/fleet";
import type { FleetProbe } from "../model/fleet/journal";
import type { FleetMember } from "../model/fleet/plan";
import { redact } from "../model/redact";
import type { InstanceAnswer } from "../ports/instances";
import { checkInstance } from "./check-instance";

/** One look at a watched instance: its check, how long that took, and what its logs say. A call that fails is a sick look. */
export async function probe(
  context: Pick<Context, "clock" | "instances" | "http">,
  component: string,
  fleet: Fleet,
  { instance, version }: FleetMember,
): Promise<FleetProbe> {
  const { clock, instances } = context;
  const begin = clock.now().getTime();
  const check = await answerOf(() => checkInstance(context, component, fleet, instance, version));
  const ms = "http" in fleet.check ? clock.now().getTime() - begin : null;
  const { commands } = fleet.canaryWatch;
  const logs = commands === undefined ? "" : await answerOf(() => instances.check(instance, commands, version));
  return { instance, version, sick: check, odd: logs, ms };
}

/** Empty for a good one. */
async function answerOf(call: () => Promise<InstanceAnswer>): Promise<string> {
  try {
    const answer = await call();
    return answer.kind === "ok" ? "" : redact(answer.text);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return redact(error.message);
  }
}
