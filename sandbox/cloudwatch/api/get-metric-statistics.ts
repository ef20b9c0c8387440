import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { Operation } from "../../model/service-api";
import type { Bucket } from "../bucket";
import type { MetricStore } from "../metric-store";
import { floor } from "../series";
import { type PlainStatistic, plainStatistics, parseStatistic, valueOf } from "../statistic";
import { checked, date, dimensionMap, dimensions, integer, list, text, unit } from "./input";

const getMetricStatistics = z.object({
  Namespace: text(1, 255),
  MetricName: text(1, 255),
  Dimensions: dimensions.optional(),
  StartTime: date,
  EndTime: date,
  Period: integer(1),
  Statistics: list(z.enum(plainStatistics), 5).optional(),
  ExtendedStatistics: list(z.string(), 10).optional(),
  Unit: unit.optional(),
});

/** The API's limit for one call. */
const mostPoints = 1440;

/** One metric over a time. */
export const getMetricStatisticsOperation = (store: MetricStore): Operation => ({
  kind: "own",
  answer(input, { account, region }) {
    const missing = ["Namespace", "MetricName", "StartTime", "EndTime", "Period"].find(
      (name) => input[name] === undefined,
    );
    if (missing) throw new AwsFault("MissingParameter", `The parameter ${missing} is required.`);
    const given = checked(getMetricStatistics, input, "InvalidParameterValue");
    const { Period, StartTime, EndTime, Statistics = [], ExtendedStatistics = [] } = given;
    if (StartTime >= EndTime) {
      combination("The parameter StartTime must be less than the parameter EndTime.");
    }
    if (Statistics.length + ExtendedStatistics.length === 0) {
      throw new AwsFault("MissingParameter", "Must specify either Statistics or ExtendedStatistics");
    }
    if (![1, 5, 10, 20, 30].includes(Period) && Period % 60 !== 0) {
      refuse(`The parameter Period must be 1, 5, 10, 20, 30, or a multiple of 60.`);
    }
    const step = 1000 * Period;
    const from = floor(StartTime.getTime(), Math.min(step, 60_000));
    const count = Math.ceil((EndTime.getTime() - from) / step);
    if (count > mostPoints) {
      combination(
        `You have requested up to ${count} datapoints, which exceeds the limit of ${mostPoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      );
    }
    const extended = ExtendedStatistics.map((name) => ({ name, statistic: parseStatistic(name) }));
    const unknown = extended.find(({ statistic }) => statistic === undefined);
    if (unknown) refuse(`The value ${unknown.name} for parameter ExtendedStatistics.member.1 is invalid.`);

    const metric = { namespace: given.Namespace, name: given.MetricName, dimensions: dimensionMap(given.Dimensions) };
    const units = given.Unit ? [given.Unit] : store.units({ account, region }, metric);
    const starts = Array.from({ length: count }, (_, index) => from + index * step);
    const Datapoints = starts.flatMap((at) =>
      units.flatMap((each) => {
        const bucket = store.over({ account, region }, { ...metric, unit: each }, at, step);
        if (!bucket) return [];
        const ExtendedStatisticsOf = extended.flatMap(({ name, statistic }) => {
          const value = statistic && valueOf(statistic, bucket);
          return value === undefined ? [] : [[name, value] as const];
        });
        return {
          Timestamp: new Date(at),
          ...plainValues(Statistics, bucket),
          Unit: each,
          ...(extended.length > 0 ? { ExtendedStatistics: Object.fromEntries(ExtendedStatisticsOf) } : {}),
        };
      }),
    );
    return { Label: given.MetricName, Datapoints };
  },
});

const plainValues = (names: readonly PlainStatistic[], bucket: Bucket): object =>
  Object.fromEntries(names.map((name) => [name, valueOf({ kind: "plain", name }, bucket)]));

function refuse(message: string): never {
  throw new AwsFault("InvalidParameterValue", message);
}

function combination(message: string): never {
  throw new AwsFault("InvalidParameterCombination", message);
}
