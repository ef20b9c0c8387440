import type { Context } from "../context";
import type { Slot } from "../../infra/releases";
import { CloudError } from "../model/cloud-error";
import type { Journal } from "../model/release/journal";
import { standOf } from "../model/release/fold";
import { needsOf } from "../model/release/needs";
import type { CrashView, Observed, Peers, ServiceView, SlotView } from "../model/release/observed";
import type { ServicePlan, SlotResources } from "../model/release/plan";
import { readComparison } from "./comparison";
import { explainCrash } from "./explain";

export type LookContext = Pick<Context, "containers" | "traffic" | "metrics" | "clock">;

/** Looks at AWS as far as the next decision needs it; never throws for what AWS does. */
export type Look = (journal: Journal, peers: Peers) => Promise<Observed>;

/** One call (DescribeServices) where nothing else is needed; stopped tasks are asked for only when failures have grown. */
export function lookAt(context: LookContext, plan: ServicePlan): Look {
  const crashes = crashWatch(context, plan);
  let blindSince: string | undefined;
  return async (journal, peers) => {
    try {
      const observed = await see(context, plan, journal, crashes);
      blindSince = undefined;
      return { ...observed, peers };
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      blindSince ??= context.clock.now().toISOString();
      return { kind: "blind", since: blindSince, error: `${error.operation}: ${error.message}`, peers };
    }
  };
}

type Seen = Omit<Extract<Observed, { kind: "seen" }>, "peers">;

async function see(
  { containers, traffic, metrics, clock }: LookContext,
  plan: ServicePlan,
  journal: Journal,
  crashes: CrashWatch,
): Promise<Seen> {
  const needs = needsOf(plan, journal);
  const slots = Object.entries(plan.slots) as [Slot, SlotResources][];
  const [services, routes, alarms, comparison, ...targets] = await Promise.all([
    containers.describe(
      plan.cluster,
      slots.map(([, { serviceName }]) => serviceName),
    ),
    needs.routes && plan.routes.length > 0 ? traffic.weights(plan.routes) : undefined,
    needs.alarms ? metrics.alarms(plan.alarms) : undefined,
    needs.comparisonSince === null
      ? undefined
      : readComparison(metrics, plan, new Date(needs.comparisonSince), clock.now()),
    ...slots.map(([, { targetGroups }]) =>
      needs.targets ? Promise.all(targetGroups.map((group) => traffic.targets(group))) : [],
    ),
  ]);
  const views = slots.flatMap(([slot, { serviceName }], index): [Slot, SlotView][] => {
    const service = services.find((found) => found.serviceName === serviceName);
    return service === undefined ? [] : [[slot, { service, targets: targets[index] ?? [] }]];
  });
  const crash = needs.crash ? await crashes(journal, services) : undefined;
  return {
    kind: "seen",
    slots: Object.fromEntries(views),
    ...(routes === undefined ? {} : { routes }),
    ...(alarms === undefined ? {} : { alarms }),
    ...(comparison === undefined ? {} : { comparison }),
    ...(crash === undefined ? {} : { crash }),
  };
}

type CrashWatch = (journal: Journal, services: readonly ServiceView[]) => Promise<CrashView | undefined>;

function crashWatch(context: LookContext, plan: ServicePlan): CrashWatch {
  let known = 0;
  let view: CrashView | undefined;
  return async (journal, services) => {
    const { deploymentId } = standOf(journal);
    const ours = services.flatMap(({ deployments }) => deployments).find(({ id }) => id === deploymentId);
    if (ours === undefined || ours.failedTasks <= known) return view;
    known = ours.failedTasks;
    view = await explainCrash(context, plan, plan.to.slot, ours.id);
    return view;
  };
}
