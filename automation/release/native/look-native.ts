import type { Context } from "../../context";
import { CloudError } from "../../model/cloud-error";
import { standOf } from "../../model/release/fold";
import type { Journal } from "../../model/release/journal";
import type { NativeDeployment, NativeObserved } from "../../model/release/native";
import type { CrashView, Peers } from "../../model/release/observed";
import type { ServicePlan } from "../../model/release/plan";
import { refOf } from "../act";
import { explainCrash } from "../explain";

export type NativeLookContext = Pick<Context, "containers" | "traffic" | "metrics" | "clock" | "serviceDeployments">;

/** Looks at the deployment that a release follows; never throws for what AWS does. */
export type NativeLook = (journal: Journal, peers: Peers) => Promise<NativeObserved>;

/** One call (DescribeServiceDeployments), and the alarms; stopped tasks are asked for only when failures have grown. */
export function lookAtNative(context: NativeLookContext, plan: ServicePlan): NativeLook {
  const crashes = crashWatch(context, plan);
  let blindSince: string | undefined;
  return async (journal, peers) => {
    try {
      const deployment = await followed(context, plan, journal);
      const { direction } = standOf(journal);
      const isJudged = direction === "forward" && plan.alarms.length > 0;
      const [alarms, crash] = await Promise.all([
        isJudged ? context.metrics.alarms(plan.alarms) : [],
        deployment === undefined || direction !== "forward" ? undefined : crashes(deployment),
      ]);
      blindSince = undefined;
      return {
        kind: "seen",
        peers,
        deployment: deployment ?? null,
        alarms,
        ...(crash === undefined ? {} : { crash }),
      };
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      blindSince ??= context.clock.now().toISOString();
      return { kind: "blind", since: blindSince, error: `${error.operation}: ${error.message}`, peers };
    }
  };
}

/** Its own, the one of the old images on the way back, or the newest while it has none. */
function followed(
  { serviceDeployments }: NativeLookContext,
  plan: ServicePlan,
  journal: Journal,
): Promise<NativeDeployment | undefined> {
  const { restoredId, deploymentId } = standOf(journal);
  const known = restoredId ?? deploymentId;
  return known === null ? serviceDeployments.newest(refOf(plan, plan.to.slot)) : serviceDeployments.describe(known);
}

type CrashWatch = (deployment: NativeDeployment) => Promise<CrashView | undefined>;

function crashWatch(context: NativeLookContext, plan: ServicePlan): CrashWatch {
  let known = 0;
  let view: CrashView | undefined;
  return async ({ failures, target }) => {
    if (failures <= known) return view;
    known = failures;
    const { cluster, serviceName } = refOf(plan, plan.to.slot);
    const [taskDefinition, [service]] = await Promise.all([
      context.serviceDeployments.taskDefinitionOf(target.arn),
      context.containers.describe(cluster, [serviceName]),
    ]);
    // Tasks are known by the entry of `deployments` that started them, which has an id of its own.
    const entry = service?.deployments.find((found) => found.taskDefinition === taskDefinition);
    if (entry !== undefined) view = await explainCrash(context, plan, plan.to.slot, entry.id);
    return view;
  };
}
