import { AwsFault } from "../../model/aws-fault";
import type { SandboxClock } from "../../model/clock";
import type { TargetHealth, Targets } from "../../model/targets";
import { Prober, type ProberOptions } from "../health/prober";
import { told, type Verdict } from "../health/verdict";
import { Group } from "./group";
import type { GroupSettings } from "./settings";
import { type Place, Target, targetKey } from "./target";

type TargetAddress = { readonly id: string; readonly port: number };

export interface TargetBookOptions extends Omit<ProberOptions, "onVerdict"> {
  readonly clock: SandboxClock;
  /** Where a target's program listens on this machine. @default where the target group says */
  readonly placeOf?: ((target: TargetAddress) => Place) | undefined;
  /** Availability zone of a target. */
  readonly zoneOf?: ((target: TargetAddress) => string | undefined) | undefined;
  readonly log: (line: string) => void;
}

/** All target groups of all accounts, and what becomes of their targets. */
export class TargetBook implements Omit<Targets, "setWeights"> {
  private readonly groups = new Map<string, Group>();
  private readonly listeners: ((targetGroupArn: string) => void)[] = [];
  private readonly prober: Prober;

  constructor(private readonly options: TargetBookOptions) {
    const onVerdict = (group: Group, target: Target, verdict: Verdict): void => this.take(group, target, verdict);
    this.prober = new Prober({ ...options, onVerdict });
  }

  all(): Iterable<Group> {
    return this.groups.values();
  }

  find(targetGroupArn: string): Group | undefined {
    return this.groups.get(targetGroupArn);
  }

  /** Takes over the target groups of a scope as the cloud has them now: groups that are not told are gone. */
  apply(
    isOfScope: (settings: GroupSettings) => boolean,
    settings: readonly GroupSettings[],
    used: ReadonlySet<string>,
  ): void {
    const arns = new Set(settings.map(({ arn }) => arn));
    for (const [arn, group] of this.groups) {
      if (!isOfScope(group.settings) || arns.has(arn)) continue;
      for (const target of group.targets.values()) target.close();
      this.groups.delete(arn);
    }
    for (const one of settings) this.applyOne(one, used.has(one.arn));
  }

  register(targetGroupArn: string, { id, port }: TargetAddress): void {
    const group = this.need(targetGroupArn);
    const key = targetKey(id, port);
    const before = group.targets.get(key);
    if (before && !before.isDraining) return;
    // Its delay is cut short: the new registration is another one.
    before?.close();
    const placeOf = (asked: number): Place => this.options.placeOf?.({ id, port: asked }) ?? { host: id, port: asked };
    const zone = this.options.zoneOf?.({ id, port }) ?? `${group.settings.scope.region}a`;
    const target = new Target(id, port, placeOf, zone, group.settings.isTls);
    target.isLate = group.healthy > 0;
    group.targets.set(key, target);
    if (group.isInUse) this.enter(group, target);
    this.changed(group);
  }

  deregister(targetGroupArn: string, { id, port }: TargetAddress): void {
    const group = this.need(targetGroupArn);
    const key = targetKey(id, port);
    const target = group.targets.get(key);
    if (!target || target.isDraining) return;
    target.timer?.cancel();
    const leave = (): void => {
      if (group.targets.get(key) === target) group.targets.delete(key);
      target.close();
      this.changed(group);
    };
    if (target.verdict.state === "unused") return leave();
    target.verdict = { ...told.draining, passes: 0, failures: 0 };
    target.timer = this.options.clock.after(group.settings.delayMs, leave);
    this.changed(group);
  }

  async drained(targetGroupArn: string, { id, port }: TargetAddress): Promise<void> {
    await this.groups.get(targetGroupArn)?.targets.get(targetKey(id, port))?.drained();
  }

  health(targetGroupArn: string): readonly TargetHealth[] {
    return [...this.need(targetGroupArn).targets.values()].map((target) => target.health());
  }

  group(targetGroupArn: string): { readonly hasLoadBalancer: boolean } | undefined {
    const group = this.groups.get(targetGroupArn);
    return group && { hasLoadBalancer: group.isInUse };
  }

  onHealthChange(listener: (targetGroupArn: string) => void): void {
    this.listeners.push(listener);
  }

  /** @throws AwsFault `TargetGroupNotFound` */
  need(targetGroupArn: string): Group {
    const group = this.groups.get(targetGroupArn);
    if (!group) throw new AwsFault("TargetGroupNotFound", "One or more target groups not found");
    return group;
  }

  close(): void {
    for (const group of this.groups.values()) for (const target of group.targets.values()) target.close();
    this.groups.clear();
  }

  private applyOne(settings: GroupSettings, isInUse: boolean): void {
    const group = this.groups.get(settings.arn) ?? new Group(settings);
    this.groups.set(settings.arn, group);
    const before = group.settings;
    group.settings = settings;
    const wasInUse = group.isInUse;
    group.isInUse = isInUse;
    for (const target of group.registered) {
      if (isInUse && !wasInUse) this.enter(group, target);
      else if (!isInUse && wasInUse) this.rest(target);
      else if (isInUse && before.check.intervalMs !== settings.check.intervalMs) this.prober.restart(group, target);
    }
    if (wasInUse === isInUse) group.refresh();
    else this.changed(group);
  }

  private enter(group: Group, target: Target): void {
    target.verdict = { ...told.registering, passes: 0, failures: 0 };
    this.prober.start(group, target);
  }

  private rest(target: Target): void {
    target.timer?.cancel();
    target.timer = undefined;
    target.rampStart = undefined;
    target.verdict = { ...told.unused, passes: 0, failures: 0 };
  }

  private take(group: Group, target: Target, verdict: Verdict): void {
    const before = target.verdict;
    const becomesHealthy = verdict.state === "healthy" && before.state !== "healthy";
    if (becomesHealthy && group.settings.slowStartMs > 0) {
      target.rampStart = target.isLate ? this.options.clock.now().getTime() : undefined;
    }
    target.verdict = verdict;
    if (
      before.state === verdict.state &&
      before.reason === verdict.reason &&
      before.description === verdict.description
    )
      return;
    if (verdict.state !== "healthy") target.rampStart = undefined;
    this.changed(group);
  }

  private changed(group: Group): void {
    group.refresh();
    for (const listener of this.listeners) {
      try {
        listener(group.settings.arn);
      } catch (error) {
        this.options.log(`a listener of target health failed: ${String(error)}`);
      }
    }
  }
}
