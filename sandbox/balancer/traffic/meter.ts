import type { SandboxClock, Timer } from "../../model/clock";
import type { Datum, MetricSink } from "../../model/metrics";
import type { TrafficSnapshot } from "../../model/snapshot";
import type { Group } from "../groups/group";
import type { Target } from "../groups/target";
import type { Balancer } from "../tables";
import { BalancerCounts, type BalancerMetric } from "./counts";
import { Histogram } from "./histogram";
import { trafficData } from "./metric-data";

export interface MeterOptions {
  readonly clock: Pick<SandboxClock, "now" | "after">;
  readonly metrics: MetricSink;
  readonly versionOf: (target: { readonly id: string; readonly port: number }) => string;
  /** What is only known by looking, once a second of traffic. */
  readonly look: (at: Date) => readonly Datum[];
  readonly log: (line: string) => void;
}

/** TABLE of errors of the load balancer that have a metric of their own. */
const singled: Readonly<Record<number, BalancerMetric>> = {
  500: "HTTPCode_ELB_500_Count",
  502: "HTTPCode_ELB_502_Count",
  503: "HTTPCode_ELB_503_Count",
  504: "HTTPCode_ELB_504_Count",
};
const classes: Readonly<Record<number, BalancerMetric>> = {
  3: "HTTPCode_ELB_3XX_Count",
  4: "HTTPCode_ELB_4XX_Count",
  5: "HTTPCode_ELB_5XX_Count",
};

const quiet: TrafficSnapshot = { perSecond: 0, byVersion: {}, errors: 0 };

const minuteMs = 60_000;

/**
 * Counts requests, and tells what there was once per second of real time and at the end of each minute of the sandbox:
 * on a fast clock a minute that is told late would be one without data. Without traffic it does nothing.
 */
export class Meter {
  private counts = new Map<string, BalancerCounts>();
  private second = new Second();
  private last = quiet;
  private timer: NodeJS.Timeout | undefined;
  private minute: Timer | undefined;

  constructor(private readonly options: MeterOptions) {}

  /** The last full second. */
  traffic(): TrafficSnapshot {
    return this.last;
  }

  own(balancer: Balancer, metric: BalancerMetric, count = 1): void {
    this.of(balancer).add(metric, count);
  }

  /** The load balancer itself answered with this status. */
  answeredBySelf(balancer: Balancer, status: number): void {
    const counts = this.of(balancer);
    const byClass = classes[Math.floor(status / 100)];
    if (byClass) counts.add(byClass);
    const single = singled[status];
    if (single) counts.add(single);
  }

  /** A target was chosen. */
  sent(balancer: Balancer, group: Group, target: Target): void {
    const counts = this.of(balancer).of(group, target.zone);
    counts.requests++;
    if (group.isFailOpen) counts.unhealthyRouting++;
  }

  /** @param ms until the first header */
  answeredByTarget(balancer: Balancer, group: Group, target: Target, status: number, ms: number): void {
    const counts = this.of(balancer).of(group, target.zone);
    const first = Math.floor(status / 100);
    if (first >= 2 && first <= 5) counts.answers[first as 2 | 3 | 4 | 5]++;
    counts.responseTimes.add(ms);
  }

  notConnected(balancer: Balancer, group: Group, target: Target): void {
    this.of(balancer).of(group, target.zone).connectionErrors++;
  }

  /** A request is over. @param ms from its arrival to the end of its answer */
  over(target: Target | undefined, status: number, ms: number): void {
    this.second.add(target, status, ms);
    this.wake();
  }

  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.minute?.cancel();
    this.minute = undefined;
  }

  private of(balancer: Balancer): BalancerCounts {
    let counts = this.counts.get(balancer.arn);
    if (!counts) {
      this.counts.set(balancer.arn, (counts = new BalancerCounts(balancer)));
      this.wake();
    }
    return counts;
  }

  private wake(): void {
    // Unref'd: counting alone keeps no process alive.
    this.timer ??= setInterval(() => this.tick(), 1000).unref();
    if (this.minute) return;
    const now = this.options.clock.now().getTime();
    const end = now - (now % minuteMs) + minuteMs;
    this.minute = this.options.clock.after(end - now, () => {
      this.minute = undefined;
      this.publish(new Date(end - 1));
    });
  }

  /** Tells of the second that is over. */
  tick(): void {
    const { second } = this;
    this.second = new Second();
    this.last = second.snapshot(this.options.versionOf);
    if (this.counts.size === 0 && second.total === 0) return this.close();
    this.publish(this.options.clock.now());
  }

  private publish(at: Date): void {
    const { counts } = this;
    this.counts = new Map();
    try {
      this.options.metrics.put([
        ...[...counts.values()].flatMap((one) => trafficData(one, at)),
        ...this.options.look(at),
      ]);
    } catch (error) {
      this.options.log(`metrics of the load balancers are lost: ${String(error)}`);
    }
  }
}

/** What happens in one second of real time. */
class Second {
  private readonly byTarget = new Map<Target, number>();
  private readonly durations = new Histogram();
  private errors = 0;

  get total(): number {
    return this.durations.total;
  }

  add(target: Target | undefined, status: number, ms: number): void {
    if (target) this.byTarget.set(target, (this.byTarget.get(target) ?? 0) + 1);
    if (status >= 500) this.errors++;
    this.durations.add(ms);
  }

  snapshot(versionOf: MeterOptions["versionOf"]): TrafficSnapshot {
    if (this.total === 0) return quiet;
    const byVersion: Record<string, number> = {};
    for (const [{ id, port }, count] of this.byTarget) {
      const version = versionOf({ id, port });
      byVersion[version] = (byVersion[version] ?? 0) + count;
    }
    const p50 = this.durations.percentile(0.5);
    const p99 = this.durations.percentile(0.99);
    return {
      perSecond: this.total,
      byVersion,
      errors: this.errors,
      ...(p50 === undefined ? {} : { p50 }),
      ...(p99 === undefined ? {} : { p99 }),
    };
  }
}
