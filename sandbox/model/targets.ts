import type { Scope } from "./scope";

/** State of a target and, unless it is healthy, the reason code and description of the API. */
export interface TargetHealth {
  readonly id: string;
  readonly port: number;
  readonly state: "initial" | "healthy" | "unhealthy" | "unused" | "draining";
  readonly reason?: string;
  readonly description?: string;
}

/** What the ECS scheduler needs of the load balancer. */
export interface Targets {
  /** @throws AwsFault `TargetGroupNotFound` */
  register(targetGroupArn: string, target: { readonly id: string; readonly port: number }): void;
  /** No new request reaches it from now on. Silent for a target that is not there. */
  deregister(targetGroupArn: string, target: { readonly id: string; readonly port: number }): void;
  /** Resolves when no request is in flight to the target any more, or its deregistration delay is over. */
  drained(targetGroupArn: string, target: { readonly id: string; readonly port: number }): Promise<void>;
  /** @throws AwsFault `TargetGroupNotFound` */
  health(targetGroupArn: string): readonly TargetHealth[];
  /** Undefined when there is no such group; `hasLoadBalancer` when a listener or rule points at it. */
  group(targetGroupArn: string): { readonly hasLoadBalancer: boolean } | undefined;
  /** Sets the weights of a rule's (or a listener's) forward action, as ModifyRule does; every group not named gets 0. */
  setWeights(ruleOrListenerArn: string, weights: Readonly<Record<string, number>>): Promise<void>;
  /** Some target's state has changed. */
  onHealthChange(listener: (targetGroupArn: string) => void): void;
}

/** One listener that answers on this machine. */
export interface ListenerPort extends Scope {
  readonly loadBalancer: string;
  readonly dnsName: string;
  readonly protocol: "HTTP" | "HTTPS";
  /** What the listener says: 80, 443, ... */
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
}
