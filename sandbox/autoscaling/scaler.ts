import type { EcsService } from "../ecs/model";
import { decideCapacity, proportional, type Wish } from "./decide-capacity";
import { type ScalableTarget, serviceIn, type TrackingPolicy } from "./model";
import type { FiringAlarm } from "./ports";
import type { ScalingPorts } from "./scaling-ports";

/** Does what alarms ask policies for. */
export class Scaler {
  constructor(private readonly ports: ScalingPorts) {}

  async onAlarm({ scope, name, state, policyArns }: FiringAlarm): Promise<void> {
    if (state !== "ALARM") return;
    for (const arn of policyArns) {
      const policy = this.ports.store.policyByArn(arn);
      const target = policy && this.ports.store.target(scope, policy.resourceId);
      if (policy?.type === "TargetTrackingScaling" && target) await this.scale(target, policy, name);
    }
  }

  private async scale(target: ScalableTarget, policy: TrackingPolicy, alarm: string): Promise<void> {
    const { clock, store, counts } = this.ports;
    const policies = store.policiesOf(target, target.resourceId).filter((one) => one.type === "TargetTrackingScaling");
    const running = this.service(target)?.runningCount ?? 0;
    const wishes = await Promise.all(policies.map((one) => this.wishOf(one, running)));
    // Looked at after the wait, so that what has changed meanwhile counts.
    const service = this.service(target);
    if (service?.status !== "ACTIVE") return;
    const done = counts.activitiesOf(target).filter(({ change, status }) => change && status !== "Failed");
    const decision = decideCapacity({
      now: clock.now(),
      target,
      desired: service.desiredCount,
      running: service.runningCount,
      isDeploying: isDeploying(service),
      wishes,
      lastOut: done.find(({ change }) => change && change.to > change.from),
      lastIn: done.find(({ change }) => change && change.to < change.from),
      cooldownMs: { in: policy.scaleInCooldownMs, out: policy.scaleOutCooldownMs },
    });
    const cause = `monitor alarm ${alarm} in state ALARM triggered policy ${policy.name}`;
    if (decision.kind === "set") await counts.set(target, service.desiredCount, decision.capacity, cause);
    if (decision.kind === "not-scaled") counts.note(target, decision.reason, cause);
  }

  /** Out for the newest value; in for the highest of the last ones, so that little is taken away at a time. */
  private async wishOf({ alarms, target, ...scope }: TrackingPolicy, running: number): Promise<Wish> {
    const { cloudWatch } = this.ports;
    if (cloudWatch.state(scope, alarms.high) === "ALARM") {
      const [newest] = await cloudWatch.values(scope, alarms.high);
      return newest === undefined
        ? { kind: "hold", mayScaleIn: true }
        : { kind: "out", capacity: proportional(running, newest, target) };
    }
    if (alarms.low !== undefined && cloudWatch.state(scope, alarms.low) === "ALARM") {
      const values = await cloudWatch.values(scope, alarms.low);
      if (values.length > 0) return { kind: "in", capacity: proportional(running, Math.max(...values), target) };
    }
    return { kind: "hold", mayScaleIn: alarms.low !== undefined };
  }

  private service(target: ScalableTarget): EcsService | undefined {
    const names = serviceIn(target.resourceId);
    return names && this.ports.services.get(target, names.cluster, names.service);
  }
}

const isDeploying = ({ deployments }: EcsService): boolean =>
  deployments.length > 1 || deployments.some(({ rolloutState }) => rolloutState === "IN_PROGRESS");
