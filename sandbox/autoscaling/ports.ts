import type { AlarmState } from "../model/metrics";
import type { Scope } from "../model/scope";
import type { Input } from "../model/service-api";
import type { Services } from "../ecs/model";

/** What scaling needs of CloudWatch; made of the real one by `cloudwatch-port.ts`. */
export interface ScalingCloudWatch {
  /** @param input members of PutMetricAlarm. @throws AwsFault */
  putAlarm(scope: Scope, input: Input): void;
  /** Silent for alarms that are not there. */
  deleteAlarms(scope: Scope, names: readonly string[]): void;
  /** Undefined for an alarm that does not exist. */
  state(scope: Scope, name: string): AlarmState | undefined;
  /** What the metric of an alarm was in its last periods, newest first; without those that have no point. */
  values(scope: Scope, name: string): Promise<readonly number[]>;
  /** An alarm that has policies as actions has come into a state, or is in it for another minute. */
  onAlarm(listener: (firing: FiringAlarm) => Promise<void>): void;
}

/** An alarm that asks policies to act. */
export interface FiringAlarm {
  readonly scope: Scope;
  readonly name: string;
  readonly state: AlarmState;
  readonly policyArns: readonly string[];
}

/** What scaling needs of ECS. */
export type ScalingServices = Pick<Services, "get" | "update">;
