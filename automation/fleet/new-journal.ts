import type { Context } from "../context";
import type { FleetFact, FleetJournal } from "../model/fleet/journal";
import type { FleetPlan } from "../model/fleet/plan";
import { actor } from "../stack/changing";

/** The journal of a run that begins now. @param facts what is true of it from the beginning */
export function newJournal(
  { stack, machine, clock }: Pick<Context, "stack" | "machine" | "clock">,
  plan: FleetPlan,
  reason: string | undefined,
  facts: readonly FleetFact[] = [],
): FleetJournal {
  const startedAt = machine.now().toISOString();
  const at = clock.now().toISOString();
  return {
    schema: 1,
    id: `${startedAt.slice(0, 19).replace(/[-:]/g, "").replace("T", "-")}-${plan.component}`,
    stack,
    startedAt,
    by: actor(machine, null),
    ...(reason === undefined ? {} : { reason }),
    plan,
    entries: [{ kind: "started" as const }, ...facts].map((fact) => ({ ...fact, at })),
  };
}
