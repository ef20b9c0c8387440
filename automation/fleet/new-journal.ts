import type { Context } from "../context";
import type { FleetFact, FleetJournal } from "../model/fleet/journal";
import type { FleetPlan } from "../model/fleet/plan";
import { timestamp } from "../model/timestamp";
import { actor } from "../stack/changing";

/** The journal of a run that begins now. @param facts what is true of it from the beginning */
export function newJournal(
  { stack, machine, clock }: Pick<Context, "stack" | "machine" | "clock">,
  plan: FleetPlan,
  reason: string | undefined,
  facts: readonly FleetFact[] = [],
): FleetJournal {
  const now = machine.now();
  const at = clock.now().toISOString();
  return {
    schema: 1,
    id: `${timestamp(now)}-${plan.component}`,
    stack,
    startedAt: now.toISOString(),
    by: actor(machine, null),
    ...(reason === undefined ? {} : { reason }),
    plan,
    entries: [{ kind: "started" as const }, ...facts].map((fact) => ({ ...fact, at })),
  };
}
