import type { MetricDataResult } from "@aws-sdk/client-cloudwatch";
import type { AlarmView } from "../model/release/observed";
import type { Metrics } from "../ports/metrics";
import { clientConfig, inParts, lazily, type AwsOptions } from "./aws-clients";
import { calling, cloudError } from "./cloud-errors";
import { figureQueries, sideFigures } from "./metric-figures";

/** DescribeAlarms takes a hundred names, GetMetricData 500 queries (API reference). */
const namesACall = 100;
const queriesACall = 500;

/** GetLogEvents may answer with an empty page and a token though there is more (API reference). */
const mostPages = 5;

/** CloudWatch and its logs by their APIs. */
export function cloudWatchMetrics(options: AwsOptions): Metrics {
  const openMetrics = lazily(async () => {
    const sdk = await import("@aws-sdk/client-cloudwatch");
    return { sdk, client: new sdk.CloudWatchClient(clientConfig(options)) };
  });
  const openLogs = lazily(async () => {
    const sdk = await import("@aws-sdk/client-cloudwatch-logs");
    return { sdk, client: new sdk.CloudWatchLogsClient(clientConfig(options)) };
  });

  return {
    async alarms(names) {
      const { sdk, client } = await openMetrics();
      const parts = inParts([...new Set(names)], namesACall).map((AlarmNames) =>
        calling("cloudwatch:DescribeAlarms", () =>
          client.send(
            new sdk.DescribeAlarmsCommand({
              AlarmNames: [...AlarmNames],
              // Composite ones are left out unless they are asked for.
              AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
              MaxRecords: namesACall,
            }),
          ),
        ),
      );
      const answers = await Promise.all(parts);
      const found = new Map(
        answers
          .flatMap(({ MetricAlarms: metric = [], CompositeAlarms: composite = [] }) => [...metric, ...composite])
          .map(({ AlarmName: name = "", StateValue: state, StateReason: reason }) => [name, { state, reason }]),
      );
      return names.map((name): AlarmView => {
        const told = found.get(name);
        if (told === undefined) return { name, state: "MISSING", reason: "There is no alarm of this name." };
        return { name, state: told.state ?? "INSUFFICIENT_DATA", reason: told.reason ?? "" };
      });
    },
    async figures({ loadBalancer, groups, from, to }) {
      const { sdk, client } = await openMetrics();
      const parts = inParts(figureQueries(loadBalancer, groups), queriesACall).map((queries) =>
        calling("cloudwatch:GetMetricData", async () => {
          const results: MetricDataResult[] = [];
          const asked = { MetricDataQueries: [...queries], StartTime: from, EndTime: to };
          for await (const page of sdk.paginateGetMetricData({ client }, asked))
            results.push(...(page.MetricDataResults ?? []));
          return results;
        }),
      );
      return sideFigures((await Promise.all(parts)).flat());
    },
    async lastLines(logGroup, logStream, limit) {
      const { sdk, client } = await openLogs();
      let token: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        const answer = await calling("logs:GetLogEvents", () =>
          client.send(
            new sdk.GetLogEventsCommand({
              logGroupName: logGroup,
              logStreamName: logStream,
              limit,
              startFromHead: false,
              ...(token === undefined ? {} : { nextToken: token }),
            }),
          ),
        ).catch((error: unknown) => {
          if (cloudError("logs:GetLogEvents", error).kind === "missing") return undefined;
          throw error;
        });
        const { events = [], nextBackwardToken: next } = answer ?? {};
        if (events.length > 0) return events.map(({ message = "" }) => message.trimEnd());
        if (next === undefined || next === token) return [];
        token = next;
      }
      return [];
    },
  };
}
