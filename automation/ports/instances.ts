import type { Fleet } from "../model/fleet/fleet";

/** An EC2 instance of a fleet. */
export interface InstanceView {
  readonly id: string;
  /** `running`, `stopped`, ...; `missing` for a configured id that AWS does not know. */
  readonly state: string;
  readonly privateAddress: string | null;
  /** Version of the component that it remembers; null when it remembers none, or an update of it was cut off. */
  readonly version: string | null;
}

/** What came of a command on an instance. */
export type InstanceAnswer = { readonly kind: "ok" } | { readonly kind: "failed"; readonly text: string };

/** A component on EC2 instances. Failures of calls are `CloudError`s; a command that fails is an answer. */
export interface Instances {
  /** All of a fleet, by id. */
  describe(component: string, fleet: Fleet): Promise<readonly InstanceView[]>;
  /** What one instance remembers now. */
  currentVersion(component: string, instance: string): Promise<string | null>;
  /** Brings a version onto an instance and lets it remember that; while it is at it, it remembers none. Idempotent. */
  update(component: string, fleet: Fleet, instance: string, version: string): Promise<InstanceAnswer>;
  /** Runs the commands of a check; whether all end with 0. */
  check(instance: string, commands: readonly string[], version: string): Promise<InstanceAnswer>;
  /** Lets it remember a version that somebody says it runs. */
  remember(component: string, instance: string, version: string): Promise<void>;
}
