import type { Context } from "../context";
import { CloudError } from "../model/cloud-error";
import type { SwitchJournal } from "../model/switch/journal";
import type { SwitchObserved } from "../model/switch/observed";
import type { Colour, SwitchPlan } from "../model/switch/plan";
import { standOf } from "../model/switch/stand";
import { healthOf, type HealthContext } from "./health";
import { sharesOf } from "./shares";

export interface LookContext extends Pick<Context, "dns" | "clock"> {
  /** Each environment by its own ports: they may be in different regions. */
  readonly environments: Readonly<Record<Colour, HealthContext>>;
}

/** Looks at both environments and at their records; AWS that does not answer is `blind`, what it refuses is thrown. */
export function lookAt(context: LookContext, plan: SwitchPlan): (journal: SwitchJournal) => Promise<SwitchObserved> {
  let blindSince: string | undefined;
  return async (journal) => {
    try {
      const seen = await see(context, plan, journal);
      blindSince = undefined;
      return seen;
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind !== "transient") throw error;
      blindSince ??= context.clock.now().toISOString();
      return { kind: "blind", since: blindSince, error: error.message };
    }
  };
}

async function see(
  { dns, environments }: LookContext,
  plan: SwitchPlan,
  journal: SwitchJournal,
): Promise<SwitchObserved> {
  const { lastChange } = standOf(journal);
  const asked = lastChange !== undefined && lastChange.inSyncAt === undefined ? lastChange.id : undefined;
  const [records, blue, green, inSync] = await Promise.all([
    dns.weighted(plan),
    healthOf(environments.blue, plan.sides.blue),
    healthOf(environments.green, plan.sides.green),
    asked === undefined ? undefined : dns.isInSync(asked),
  ]);
  const shares = sharesOf(records);
  if (shares === undefined)
    throw new CloudError("missing", "route53:ListResourceRecordSets", "RecordMissing", recordGone(plan));
  return { kind: "seen", shares, health: { blue, green }, ...(inSync === undefined ? {} : { inSync }) };
}

const recordGone = ({ zoneId, name }: SwitchPlan): string =>
  `One of the two weighted records ${name} is not in zone ${zoneId} any more.`;
