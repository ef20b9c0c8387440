import type { Group } from "../groups/group";
import type { Balancer } from "../tables";
import { Histogram } from "./histogram";

/** What a load balancer does by itself, by name of its metric. */
export type BalancerMetric =
  | "HTTP_Redirect_Count"
  | "HTTP_Redirect_Url_Limit_Exceeded_Count"
  | "HTTP_Fixed_Response_Count"
  | "NewConnectionCount"
  | "ProcessedBytes"
  | `HTTPCode_ELB_${3 | 4 | 5}XX_Count`
  | `HTTPCode_ELB_${500 | 502 | 503 | 504}_Count`;

/** What went to the targets of one group in one zone since the last look. */
export interface GroupCounts {
  readonly group: Group;
  readonly zone: string;
  /** A target was chosen. */
  requests: number;
  /** Answers of targets by class: 2 for 2xx. */
  readonly answers: [number, number, number, number, number, number];
  connectionErrors: number;
  /** Sent although too few targets were healthy. */
  unhealthyRouting: number;
  /** Until the first header of the answer. */
  readonly responseTimes: Histogram;
}

/** What happened at one load balancer since the last look. */
export class BalancerCounts {
  readonly own = new Map<BalancerMetric, number>();
  private readonly groups = new Map<Group, Map<string, GroupCounts>>();

  constructor(readonly balancer: Balancer) {}

  add(metric: BalancerMetric, count = 1): void {
    this.own.set(metric, (this.own.get(metric) ?? 0) + count);
  }

  of(group: Group, zone: string): GroupCounts {
    let zones = this.groups.get(group);
    if (!zones) this.groups.set(group, (zones = new Map<string, GroupCounts>()));
    let counts = zones.get(zone);
    if (!counts) zones.set(zone, (counts = none(group, zone)));
    return counts;
  }

  byGroup(): readonly GroupCounts[] {
    return [...this.groups.values()].flatMap((zones) => [...zones.values()]);
  }
}

const none = (group: Group, zone: string): GroupCounts => ({
  group,
  zone,
  requests: 0,
  answers: [0, 0, 0, 0, 0, 0],
  connectionErrors: 0,
  unhealthyRouting: 0,
  responseTimes: new Histogram(),
});
