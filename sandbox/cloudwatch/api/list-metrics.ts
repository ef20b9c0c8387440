import { z } from "zod";
import type { SandboxClock } from "../../model/clock";
import type { Operation } from "../../model/service-api";
import { type MetricName, metricKey, type MetricStore } from "../metric-store";
import { checked, list, text } from "./input";
import { pageOf } from "./pages";

const listMetrics = z.object({
  Namespace: text(1, 255).optional(),
  MetricName: text(1, 255).optional(),
  Dimensions: list(z.object({ Name: text(1, 255), Value: text(1, 1024).optional() }), 10).optional(),
  NextToken: z.string().optional(),
  RecentlyActive: z.enum(["PT3H"]).optional(),
});

/** Up to 500 at once, says the API reference. */
const pageSize = 500;
const recent = 3 * 3_600_000;

/** Names of metrics that have data. */
export const listMetricsOperation = (store: MetricStore, clock: Pick<SandboxClock, "now">): Operation => ({
  kind: "own",
  answer(input, { account, region }) {
    const wanted = checked(listMetrics, input, "InvalidParameterValue");
    const since = wanted.RecentlyActive ? clock.now().getTime() - recent : undefined;
    const isWanted = ({ namespace, name, dimensions }: MetricName): boolean =>
      (wanted.Namespace === undefined || wanted.Namespace === namespace) &&
      (wanted.MetricName === undefined || wanted.MetricName === name) &&
      (wanted.Dimensions ?? []).every(({ Name, Value }) =>
        Value === undefined ? Object.hasOwn(dimensions, Name) : dimensions[Name] === Value,
      );
    const found = store.list({ account, region }, since).filter(isWanted);
    const sorted = found.map((metric) => ({ metric, key: metricKey(metric) })).sort((a, b) => (a.key < b.key ? -1 : 1));
    const { items, ...next } = pageOf(sorted, pageSize, wanted.NextToken);
    return {
      Metrics: items.map(({ metric: { namespace, name, dimensions } }) => ({
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      })),
      ...next,
    };
  },
});
