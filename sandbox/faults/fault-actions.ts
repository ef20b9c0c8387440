import type { TaskTraits } from "../model/behaviour";
import type { AlarmState } from "../model/metrics";
import type { Scope } from "../model/scope";

/** What faults that are done once are done with. Each throws AwsFault when it cannot be done. */
export interface FaultActions {
  /** Accounts and regions that have something in them. */
  scopes(): readonly Scope[];
  /** As SetAlarmState, for an alarm that exists. */
  forceAlarm(scope: Scope, name: string, state: AlarmState, reason: string): Promise<void> | void;
  /** It is evaluated again. */
  releaseAlarm(scope: Scope, name: string): void;
  /** What there is that a fault may choose: tasks that have not stopped. */
  tasks(): readonly TaskTraits[];
  /** As StopDBInstance. */
  stopDatabase(scope: Scope, name: string): Promise<void>;
  /** By ARNs of target groups, or by their names. */
  setWeights(scope: Scope, ruleOrListenerArn: string, weights: Readonly<Record<string, number>>): Promise<void> | void;
  /** As UpdateService, behind the driver's back. */
  updateService(
    scope: Scope,
    service: { readonly cluster: string; readonly service: string },
    change: { readonly desiredCount?: number; readonly taskDefinition?: string },
  ): Promise<void> | void;
  /** As StopTask. @param task its id */
  stopTask(scope: Scope, task: string, reason: string): Promise<void> | void;
  deleteImage(scope: Scope, repository: string, tag: string): Promise<void>;
  /** Without a way back. */
  deleteSecret(scope: Scope, name: string): Promise<void>;
  /** Takes a key out of a secret that is JSON; under `to` it is put in again. */
  dropSecretKey(scope: Scope, name: string, key: string, to: string | undefined): Promise<void>;
}
