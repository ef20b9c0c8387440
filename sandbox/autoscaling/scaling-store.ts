import { type Scope, scopeKey } from "../model/scope";
import type { ScalableTarget, ScalingActivity, ScalingPolicy } from "./model";

/** "Descriptive information about the scaling activities from the previous six weeks." */
const activitiesMs = 42 * 24 * 3_600_000;

/** Targets, policies and activities of all accounts. */
export class ScalingStore {
  private readonly targets = new Map<string, ScalableTarget>();
  private readonly policies = new Map<string, ScalingPolicy>();
  private all: readonly ScalingActivity[] = [];

  target(scope: Scope, resourceId: string): ScalableTarget | undefined {
    return this.targets.get(keyOf(scope, resourceId));
  }

  targetsIn(scope: Scope): readonly ScalableTarget[] {
    return [...this.targets.values()].filter((target) => scopeKey(target) === scopeKey(scope));
  }

  saveTarget(target: ScalableTarget): void {
    this.targets.set(keyOf(target, target.resourceId), target);
  }

  removeTarget(target: ScalableTarget): void {
    this.targets.delete(keyOf(target, target.resourceId));
  }

  policy(scope: Scope, resourceId: string, name: string): ScalingPolicy | undefined {
    return this.policiesOf(scope, resourceId).find((policy) => policy.name === name);
  }

  policyByArn(arn: string): ScalingPolicy | undefined {
    return this.policies.get(arn);
  }

  policiesIn(scope: Scope): readonly ScalingPolicy[] {
    return [...this.policies.values()].filter((policy) => scopeKey(policy) === scopeKey(scope));
  }

  policiesOf(scope: Scope, resourceId: string): readonly ScalingPolicy[] {
    return this.policiesIn(scope).filter((policy) => policy.resourceId === resourceId);
  }

  savePolicy(policy: ScalingPolicy): void {
    this.policies.set(policy.arn, policy);
  }

  removePolicy({ arn }: ScalingPolicy): void {
    this.policies.delete(arn);
  }

  /** Newest first. */
  activities(scope: Scope): readonly ScalingActivity[] {
    return this.all.filter((activity) => scopeKey(activity) === scopeKey(scope));
  }

  /** Adds it, or changes the one of the same id. */
  saveActivity(activity: ScalingActivity): void {
    const isKnown = this.all.some(({ id }) => id === activity.id);
    const recent = this.all.filter(
      ({ startedAt }) => activity.startedAt.getTime() - startedAt.getTime() < activitiesMs,
    );
    this.all = isKnown ? this.all.map((one) => (one.id === activity.id ? activity : one)) : [activity, ...recent];
  }
}

const keyOf = (scope: Scope, resourceId: string): string => `${scopeKey(scope)} ${resourceId}`;
