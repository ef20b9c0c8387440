import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { SandboxClock } from "../../model/clock";
import type { Scope } from "../../model/scope";
import type { Operation, ServiceApi } from "../../model/service-api";
import type { LogEvent } from "../log-event";
import { type LogMatcher, PatternFault } from "./log-matcher";
import type { MetricFilter, MetricFilters } from "./metric-filters";
import { parsePattern } from "./pattern";

const putMetricFilter = z.object({
  logGroupName: z.string(),
  filterName: z.string(),
  filterPattern: z.string().default(""),
  metricTransformations: z
    .array(
      z.object({
        metricName: z.string(),
        metricNamespace: z.string(),
        metricValue: z.string(),
        defaultValue: z.number().optional(),
        dimensions: z.record(z.string(), z.string()).optional(),
        unit: z.string().optional(),
      }),
    )
    .min(1),
});

const ofFilter = z.object({ logGroupName: z.string(), filterName: z.string() });
const ofGroup = z.object({ logGroupName: z.string() });
const putLogEvents = z.object({
  logGroupName: z.string(),
  logEvents: z.array(z.object({ timestamp: z.number(), message: z.string() })),
});
const testMetricFilter = z.object({
  filterPattern: z.string().max(1024),
  logEventMessages: z.array(z.string()).min(1),
});

export interface LogsPorts {
  readonly clock: Pick<SandboxClock, "now">;
  readonly filters: MetricFilters;
  /** Lines of outside callers, as they are taken. */
  readonly onLogEvents: (scope: Scope, group: string, events: readonly LogEvent[]) => void;
}

/** moto keeps the logs; what is watched here makes metrics of their lines. */
export function logsApi({ clock, filters, onLogEvents }: LogsPorts): ServiceApi {
  return {
    service: "logs",
    reason: "moto stores metric filters and lines, and makes no metrics of them",
    operations: {
      PutMetricFilter: {
        kind: "watched",
        before(input) {
          const { filterPattern } = input;
          if (typeof filterPattern === "string") matcherOf(filterPattern);
        },
        after: seen(putMetricFilter, (given, scope) => filters.put(scope, given.logGroupName, filterOf(given))),
      },
      DeleteMetricFilter: {
        kind: "watched",
        after: seen(ofFilter, (given, scope) => filters.remove(scope, given.logGroupName, given.filterName)),
      },
      DeleteLogGroup: {
        kind: "watched",
        after: seen(ofGroup, (given, scope) => filters.removeGroup(scope, given.logGroupName)),
      },
      PutLogEvents: {
        kind: "watched",
        // Callers from outside have another clock than the sandbox: their lines count for when they come.
        after: seen(putLogEvents, (given, scope) => {
          const timestamp = clock.now().getTime();
          onLogEvents(
            scope,
            given.logGroupName,
            given.logEvents.map(({ message }) => ({ message, timestamp })),
          );
        }),
      },
      TestMetricFilter: testOperation,
    },
  };
}

const testOperation: Operation = {
  kind: "own",
  answer(input) {
    const given = testMetricFilter.safeParse(input);
    if (!given.success) throw new AwsFault("InvalidParameterException", given.error.issues[0]?.message ?? "");
    const { filterPattern, logEventMessages } = given.data;
    const matcher = matcherOf(filterPattern);
    return {
      matches: logEventMessages.flatMap((eventMessage, index) => {
        const valueOf = matcher(eventMessage);
        if (!valueOf) return [];
        return { eventNumber: index + 1, eventMessage, extractedValues: extracted(filterPattern, valueOf) };
      }),
    };
  },
};

/** Fields that the pattern names, and what the line has in them. */
function extracted(pattern: string, valueOf: (field: string) => unknown): Readonly<Record<string, string>> {
  const names = pattern.trim().startsWith("[")
    ? [...pattern.matchAll(/[[,]\s*\(?\s*([\w-]+)/g)].map(([, name]) => `$${name}`)
    : [...pattern.matchAll(/\$[\w.[\]]+/g)].map(([name]) => name);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = valueOf(name);
      return typeof value === "string" || typeof value === "number" ? [[name, String(value)]] : [];
    }),
  );
}

/** moto has agreed, so a member that is not as expected is nothing to refuse: there is just no metric. */
const seen =
  <T extends z.ZodType>(schema: T, work: (given: z.output<T>, scope: Scope) => void) =>
  (input: object, { account, region }: Scope): void => {
    const given = schema.safeParse(input);
    if (given.success) work(given.data, { account, region });
  };

function filterOf(given: z.output<typeof putMetricFilter>): MetricFilter {
  const [transformation] = given.metricTransformations;
  if (!transformation) throw new AwsFault("InvalidParameterException", "A metric transformation is needed.");
  return {
    name: given.filterName,
    pattern: given.filterPattern,
    namespace: transformation.metricNamespace,
    metric: transformation.metricName,
    value: transformation.metricValue,
    defaultValue: transformation.defaultValue,
    unit: transformation.unit,
    dimensions: transformation.dimensions ?? {},
  };
}

/** @throws AwsFault for a pattern that cannot be read */
function matcherOf(pattern: string): LogMatcher {
  try {
    return parsePattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error;
    throw new AwsFault("InvalidParameterException", `Invalid metric filter pattern: ${error.message}`);
  }
}
