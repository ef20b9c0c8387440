import type { MetricDataQuery, MetricDataResult } from "@aws-sdk/client-cloudwatch";
import type { SideFigures } from "../model/release/observed";

/**
 * TABLE of what is asked of every target group ("CloudWatch metrics for your Application Load Balancer").
 * `HTTPCode_ELB_5XX_Count` is not among them: it has no dimension `TargetGroup`, so nobody can say whose errors they
 * were. `TargetConnectionErrorCount` has it, and is what a client sees as 502 or 504 because a target did not take the
 * connection. What the load balancer gave up waiting for is in neither.
 */
const metrics = {
  requests: { name: "RequestCount", stat: "Sum" },
  failed: { name: "HTTPCode_Target_5XX_Count", stat: "Sum" },
  refused: { name: "TargetConnectionErrorCount", stat: "Sum" },
  latency: { name: "TargetResponseTime", stat: "p95" },
} as const;

type Figure = keyof typeof metrics;
const figures = Object.keys(metrics) as readonly Figure[];

/** Seconds; the finest that load balancers report. */
const period = 60;

/** One query for each metric of each group; its id says which. */
export const figureQueries = (loadBalancer: string, groups: readonly string[]): MetricDataQuery[] =>
  groups.flatMap((group, index) =>
    figures.map((figure) => ({
      Id: idOf(figure, index),
      MetricStat: {
        Metric: {
          Namespace: "AWS/ApplicationELB",
          MetricName: metrics[figure].name,
          Dimensions: [
            { Name: "TargetGroup", Value: group },
            { Name: "LoadBalancer", Value: loadBalancer },
          ],
        },
        Period: period,
        Stat: metrics[figure].stat,
      },
      ReturnData: true,
    })),
  );

/** What came of them, pages of one query put together. Where nothing happened, CloudWatch has no figure at all. */
export function sideFigures(results: readonly MetricDataResult[]): SideFigures {
  const minutes = new Map<string, { figure: Figure; place: string; value: number }>();
  for (const { Id: id = "", Timestamps: times = [], Values: values = [] } of results) {
    const [, figure, index] = /^([a-z]+)(\d+)$/.exec(id) ?? [];
    times.forEach((time, at) => {
      const place = `${index} ${time.toISOString()}`;
      minutes.set(`${id} ${place}`, { figure: figure as Figure, place, value: values[at] ?? 0 });
    });
  }
  const all = [...minutes.values()];
  const sum = (wanted: Figure): number =>
    all.filter(({ figure }) => figure === wanted).reduce((total, { value }) => total + value, 0);
  const requests = sum("requests");
  return {
    requests,
    errors: Math.min(requests, sum("failed") + sum("refused")),
    latencyP95: meanLatency(all),
  };
}

/**
 * CloudWatch cannot join percentiles of minutes or groups, so this is their mean, weighted with the requests of each:
 * both sides of a comparison are judged by the same.
 */
function meanLatency(all: readonly { figure: Figure; place: string; value: number }[]): number | null {
  const requests = new Map(
    all.filter(({ figure }) => figure === "requests").map(({ place, value }) => [place, value] as const),
  );
  const latencies = all.filter(({ figure }) => figure === "latency");
  const weight = ({ place }: { readonly place: string }): number => requests.get(place) ?? 1;
  const total = latencies.reduce((sum, one) => sum + weight(one), 0);
  return total === 0 ? null : latencies.reduce((sum, one) => sum + one.value * weight(one), 0) / total;
}

const idOf = (figure: Figure, index: number): string => `${figure}${index}`;
