import type { Datum } from "../../model/metrics";
import type { Group } from "../groups/group";
import type { Balancer } from "../tables";
import type { BalancerCounts, GroupCounts } from "./counts";

/** The combinations of dimensions under which a metric is published: L balancer, Z zone, T target group. */
type DimensionSet = "L" | "LZ" | "LT" | "LZT" | "T" | "TZ";

/** TABLE of combinations ("CloudWatch metrics for your Application Load Balancer"): a query must name exactly one. */
const sets = {
  balancer: ["L", "LZ"],
  requests: ["L", "LZ", "LT", "LZT"],
  hosts: ["LT", "LZT"],
  perTarget: ["T", "TZ", "LT", "LZT"],
} as const satisfies Record<string, readonly DimensionSet[]>;

interface Place {
  readonly balancer: Balancer;
  readonly zone: string;
  readonly group?: Group;
}

type Samples = Pick<Datum, "values" | "counts" | "unit">;

/** What the last second adds to CloudWatch. What did not happen is absent, not zero. */
export function trafficData(counts: BalancerCounts, at: Date): readonly Datum[] {
  const { balancer } = counts;
  const own = [...counts.own].flatMap(([name, count]) =>
    published(name, sets.balancer, { balancer, zone: balancer.zone }, at, ownSamples(name, count)),
  );
  return [...own, ...counts.byGroup().flatMap((one) => groupData(one, balancer, at))];
}

const ownSamples = (name: string, count: number): Samples =>
  name === "ProcessedBytes" ? { values: [count], unit: "Bytes" } : times(count);

/** Every occurrence is a sample of 1, so that minimum, maximum and average are 1. */
const times = (count: number): Samples => ({ values: [1], counts: [count], unit: "Count" });

function groupData(counts: GroupCounts, balancer: Balancer, at: Date): readonly Datum[] {
  const { group, zone } = counts;
  const place = { balancer, zone, group };
  const tell = (name: string, count: number, where: readonly DimensionSet[] = sets.requests): readonly Datum[] =>
    count === 0 ? [] : published(name, where, place, at, times(count));
  const durations = counts.responseTimes.entries();
  return [
    ...tell("RequestCount", counts.requests),
    ...([2, 3, 4, 5] as const).flatMap((first) => tell(`HTTPCode_Target_${first}XX_Count`, counts.answers[first])),
    ...tell("TargetConnectionErrorCount", counts.connectionErrors),
    ...tell("UnhealthyRoutingRequestCount", counts.unhealthyRouting, sets.hosts),
    ...(counts.requests === 0 ? [] : perTarget(place, counts.requests, at)),
    ...(durations.length === 0
      ? []
      : published("TargetResponseTime", sets.requests, place, at, {
          values: durations.map(([ms]) => ms / 1000),
          counts: durations.map(([, count]) => count),
          unit: "Seconds",
        })),
  ];
}

/** Requests by healthy targets, or by all when none is healthy. */
function perTarget(place: Required<Place>, requests: number, at: Date): readonly Datum[] {
  const { healthy, registered } = place.group;
  const share = requests / Math.max(1, healthy || registered.length);
  return published("RequestCountPerTarget", sets.perTarget, place, at, { values: [share], unit: "Count" });
}

/** What is told every minute of every group that has targets; an empty group tells nothing at all, not even zero. */
export function hostData(balancer: Balancer, group: Group, at: Date): readonly Datum[] {
  const { registered } = group;
  if (registered.length === 0) return [];
  const zones = [...new Set(registered.map(({ zone }) => zone))];
  const count = (isCounted: (state: string) => boolean, zone?: string): Samples => ({
    values: [
      registered.filter((target) => (zone === undefined || target.zone === zone) && isCounted(target.verdict.state))
        .length,
    ],
    unit: "Count",
  });
  const metrics = [
    ["HealthyHostCount", (state: string) => state === "healthy"],
    // A target whose first checks are still running counts nowhere.
    ["UnHealthyHostCount", (state: string) => state === "unhealthy"],
  ] as const;
  return [
    ...metrics.flatMap(([name, isCounted]) => [
      ...published(name, ["LT"], { balancer, zone: balancer.zone, group }, at, count(isCounted)),
      ...zones.flatMap((zone) => published(name, ["LZT"], { balancer, zone, group }, at, count(isCounted, zone))),
    ]),
    ...perTarget({ balancer, zone: balancer.zone, group }, 0, at),
  ];
}

/** How many connections are open now. */
export const connectionData = (balancer: Balancer, open: number, at: Date): readonly Datum[] =>
  published("ActiveConnectionCount", sets.balancer, { balancer, zone: balancer.zone }, at, {
    values: [open],
    unit: "Count",
  });

function published(
  name: string,
  where: readonly DimensionSet[],
  place: Place,
  at: Date,
  samples: Samples,
): readonly Datum[] {
  const { account, region } = place.balancer.scope;
  return where.map((set) => ({
    account,
    region,
    namespace: "AWS/ApplicationELB",
    name,
    dimensions: dimensionsOf(set, place),
    at,
    ...samples,
  }));
}

function dimensionsOf(set: DimensionSet, { balancer, zone, group }: Place): Readonly<Record<string, string>> {
  return {
    ...(set.includes("L") ? { LoadBalancer: balancer.dimension } : {}),
    ...(set.includes("Z") ? { AvailabilityZone: zone } : {}),
    ...(set.includes("T") ? { TargetGroup: group?.settings.dimension ?? "" } : {}),
  };
}
