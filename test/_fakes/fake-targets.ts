import { AwsFault } from "../../sandbox/model/aws-fault";
import type { SandboxClock } from "../../sandbox/model/clock";
import type { TargetHealth, Targets } from "../../sandbox/model/targets";

interface Target {
  readonly id: string;
  readonly port: number;
}

/** Target groups whose targets get healthy a while after they are registered, unless told otherwise. */
export class FakeTargets implements Targets {
  /** `register <group> <ip>`, `deregister <group> <ip>`, in order. */
  readonly log: string[] = [];
  readonly weights: Record<string, Readonly<Record<string, number>>> = {};
  /** What the checks of a new target end in. */
  verdict: (target: Target) => Pick<TargetHealth, "state" | "reason" | "description"> = () => ({ state: "healthy" });
  /** Time in milliseconds that the checks of a new target take, and that draining takes. */
  checkMs = 15_000;
  drainMs = 30_000;
  private readonly listeners: ((group: string) => void)[] = [];
  private readonly groups: Map<string, Map<string, TargetHealth>>;
  private readonly attached: Set<string>;

  /** @param groups ARNs of those that have a load balancer */
  constructor(
    private readonly clock: SandboxClock,
    groups: readonly string[],
    loose: readonly string[] = [],
  ) {
    this.groups = new Map([...groups, ...loose].map((arn) => [arn, new Map<string, TargetHealth>()]));
    this.attached = new Set(groups);
  }

  register(group: string, target: Target): void {
    this.log.push(`register ${group} ${target.id}`);
    this.set(group, target, { state: "initial", reason: "Elb.RegistrationInProgress" });
    this.clock.after(this.checkMs, () => {
      if (this.known(group).get(target.id)?.state === "initial") this.set(group, target, this.verdict(target));
    });
  }

  deregister(group: string, target: Target): void {
    this.log.push(`deregister ${group} ${target.id}`);
    if (this.known(group).has(target.id)) this.set(group, target, { state: "draining" });
  }

  async drained(group: string, target: Target): Promise<void> {
    await new Promise<void>((resolve) => void this.clock.after(this.drainMs, resolve));
    this.known(group).delete(target.id);
  }

  health(group: string): readonly TargetHealth[] {
    return [...this.known(group).values()];
  }

  group(arn: string): { readonly hasLoadBalancer: boolean } | undefined {
    return this.groups.has(arn) ? { hasLoadBalancer: this.attached.has(arn) } : undefined;
  }

  async setWeights(rule: string, weights: Readonly<Record<string, number>>): Promise<void> {
    this.weights[rule] = weights;
  }

  onHealthChange(listener: (group: string) => void): void {
    this.listeners.push(listener);
  }

  /** What the checks of this target say from now on. */
  turn(group: string, ip: string, state: Pick<TargetHealth, "state" | "reason" | "description">): void {
    const target = this.known(group).get(ip);
    if (target) this.set(group, target, state);
  }

  private set(
    group: string,
    { id, port }: Target,
    state: Pick<TargetHealth, "state" | "reason" | "description">,
  ): void {
    this.known(group).set(id, { id, port, ...state });
    for (const listener of this.listeners) listener(group);
  }

  private known(group: string): Map<string, TargetHealth> {
    const targets = this.groups.get(group);
    if (!targets) throw new AwsFault("TargetGroupNotFound", `Target groups '${group}' not found`);
    return targets;
  }
}
