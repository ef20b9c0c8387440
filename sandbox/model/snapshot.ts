/** What the live page and `sandbox status` show; each part comes from the one who knows it. */
export interface Snapshot {
  /** ISO, the sandbox's time. */
  readonly at: string;
  readonly speed: number;
  readonly services: readonly ServiceSnapshot[];
  readonly tasks: readonly TaskSnapshot[];
  readonly rules: readonly RuleSnapshot[];
  readonly traffic: TrafficSnapshot;
  readonly alarms: readonly AlarmSnapshot[];
  readonly faults: readonly string[];
}

export interface ServiceSnapshot {
  readonly account: string;
  readonly cluster: string;
  readonly name: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly deployments: readonly {
    readonly id: string;
    readonly status: string;
    readonly rolloutState: string;
    /** `family:revision` */
    readonly taskDefinition: string;
    readonly desired: number;
    readonly running: number;
    readonly pending: number;
    readonly failed: number;
    /** Stage of a blue-green, linear or canary deployment. */
    readonly stage?: string;
  }[];
  /** The newest ones first, five at most. */
  readonly events: readonly { readonly at: string; readonly message: string }[];
}

export interface TaskSnapshot {
  readonly id: string;
  readonly service: string;
  readonly status: string;
  readonly health: string;
  readonly address: string | undefined;
  /** Tag of its first image. */
  readonly version: string;
  readonly targets: readonly { readonly group: string; readonly state: string; readonly reason?: string }[];
  readonly stoppedReason?: string;
}

export interface RuleSnapshot {
  readonly loadBalancer: string;
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  /** What AWS calls the port of the listener. */
  readonly port: number;
  /** A number, or `default`. */
  readonly priority: string;
  /** `path /api/*`, `host shop.example`; empty for the default rule. */
  readonly conditions: readonly string[];
  /** Of a rule that does not forward: `redirect`, `fixed-response 404`. */
  readonly action?: string;
  readonly weights: readonly {
    readonly group: string;
    readonly weight: number;
    readonly healthy: number;
    readonly registered: number;
  }[];
}

/** The last full second. */
export interface TrafficSnapshot {
  readonly perSecond: number;
  readonly byVersion: Readonly<Record<string, number>>;
  readonly errors: number;
  /** Milliseconds; undefined without traffic. */
  readonly p50?: number;
  readonly p99?: number;
}

export interface AlarmSnapshot {
  readonly name: string;
  readonly state: string;
  readonly reason: string;
}
