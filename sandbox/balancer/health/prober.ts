import type { Faults } from "../../model/behaviour";
import type { SandboxClock } from "../../model/clock";
import type { Group } from "../groups/group";
import type { Target } from "../groups/target";
import { probe as probeForReal, type ProbeOrder } from "./probe";
import { judge, told, type ProbeOutcome, type Verdict } from "./verdict";

export interface ProberOptions {
  readonly clock: SandboxClock;
  readonly faults: Pick<Faults, "isLost">;
  /** @default over the network of this machine */
  readonly probe?: (order: ProbeOrder) => Promise<ProbeOutcome>;
  /** A target's verdict has changed. */
  readonly onVerdict: (group: Group, target: Target, verdict: Verdict) => void;
}

/** Checks the health of targets, each at a fixed cadence: a slow answer does not shift the next check. */
export class Prober {
  constructor(private readonly options: ProberOptions) {}

  /** The first check comes soon after the registration, the next ones by the group's interval. */
  start(group: Group, target: Target): void {
    const { clock } = this.options;
    target.timer?.cancel();
    target.timer = clock.after(firstCheckMs + spread(target), () => {
      target.timer = clock.every(group.settings.check.intervalMs, () => void this.check(group, target));
      // Not waited for: the clock would leave out the checks that fall due meanwhile.
      void this.check(group, target);
    });
  }

  /** The interval has changed: keeps what is known. */
  restart(group: Group, target: Target): void {
    target.timer?.cancel();
    target.timer = this.options.clock.every(group.settings.check.intervalMs, () => void this.check(group, target));
  }

  private async check(group: Group, target: Target): Promise<void> {
    if (target.verdict.reason === told.registering.reason) {
      this.options.onVerdict(group, target, { ...told.checking, passes: 0, failures: 0 });
    }
    const outcome = await this.outcome(group, target);
    const isStillChecked = group.isInUse && group.targets.get(`${target.id}:${target.port}`) === target;
    if (!isStillChecked || target.isDraining) return;
    this.options.onVerdict(group, target, judge(target.verdict, outcome, group.settings.check));
  }

  private outcome(group: Group, target: Target): Promise<ProbeOutcome> {
    const { check } = group.settings;
    if (!isReachable(target, this.options.faults)) {
      // Nothing is sent, so nobody has to wait in real time.
      return new Promise((resolve) => this.options.clock.after(check.timeoutMs, () => resolve({ kind: "timeout" })));
    }
    const checked = check.port ?? target.port;
    const { host, port } = target.placeOf(checked);
    return (this.options.probe ?? probeForReal)({
      ip: host,
      port,
      host: `${target.id}:${checked}`,
      path: check.path,
      isTls: check.isTls,
      timeoutMs: check.timeoutMs,
    });
  }
}

/** An example of a real load balancer shows 2.3 s from registration to healthy. */
const firstCheckMs = 2_000;

/** Targets that are registered together are not all checked in the same moment; milliseconds, below a second. */
function spread({ id, port }: Target): number {
  let sum = port;
  for (let at = 0; at < id.length; at++) sum = (sum * 31 + id.charCodeAt(at)) % 997;
  return sum;
}

/** Only this machine is the sandbox's network: every other address is as good as cut off. */
export const isReachable = (target: Target, faults: Pick<Faults, "isLost">): boolean =>
  target.id.startsWith("127.") && !faults.isLost({ ip: target.id, port: target.port });
