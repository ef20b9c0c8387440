import { z } from "zod";
import type { CloudWatch } from "../cloudwatch/cloudwatch";
import type { Services } from "../ecs/model";
import { cloudActions } from "../faults/cloud-actions";
import type { FaultActions } from "../faults/fault-actions";
import { AwsFault } from "../model/aws-fault";
import type { Moto } from "../model/moto";
import { scopeKey, type Scope } from "../model/scope";
import type { ListenerPort, Targets } from "../model/targets";
import type { Tasks } from "../model/tasks";
import { traitsOf } from "./task-index";

export interface FaultActionParts {
  readonly moto: Moto;
  readonly cloudWatch: Pick<CloudWatch, "alarms" | "force" | "release">;
  readonly balancer: { readonly targets: Pick<Targets, "setWeights">; ports(): readonly ListenerPort[] };
  readonly services: Pick<Services, "list" | "update">;
  readonly tasks: Pick<Tasks, "get" | "list" | "stop">;
}

const groups = z.object({
  TargetGroups: z.array(z.object({ TargetGroupArn: z.string(), TargetGroupName: z.string() })),
});

/** What faults that are done once are done with: the parts of the cloud, past their API, as somebody else would. */
export function faultActions({ moto, cloudWatch, balancer, services, tasks }: FaultActionParts): FaultActions {
  const scopes = (): readonly Scope[] => different([...services.list(), ...balancer.ports()]);
  return {
    ...cloudActions(moto),
    scopes,
    tasks: () =>
      scopes()
        .flatMap((scope) => tasks.list(scope))
        .filter(({ lastStatus }) => lastStatus !== "STOPPED")
        .map(traitsOf),
    forceAlarm(scope, name, state, reason) {
      if (cloudWatch.alarms.state(scope, name) === undefined)
        throw new AwsFault("ResourceNotFound", `There is no alarm ${name} in ${scope.account} ${scope.region}.`);
      cloudWatch.force(scope, name, state, reason);
    },
    releaseAlarm: (scope, name) => cloudWatch.release(scope, name),
    async setWeights(scope, ruleOrListenerArn, weights) {
      const { TargetGroups } = groups.parse(await moto.door("/slipway/balancers", scope));
      const arns = new Map(TargetGroups.map((group) => [group.TargetGroupName, group.TargetGroupArn]));
      const byArn = Object.entries(weights).map(([group, weight]) => [arns.get(group) ?? group, weight] as const);
      await balancer.targets.setWeights(ruleOrListenerArn, Object.fromEntries(byArn));
    },
    async updateService(scope, service, change) {
      await services.update(scope, { ...service, ...change });
    },
    stopTask({ account, region }, id, text) {
      const task = tasks.get(id);
      const isThere = task?.account === account && task.region === region && task.lastStatus !== "STOPPED";
      if (!isThere) throw new AwsFault("InvalidParameterException", `There is no running task ${id}.`);
      tasks.stop(id, { code: "UserInitiated", text });
    },
  };
}

const different = (scopes: readonly Scope[]): readonly Scope[] => [
  ...new Map(scopes.map(({ account, region }) => [scopeKey({ account, region }), { account, region }])).values(),
];
