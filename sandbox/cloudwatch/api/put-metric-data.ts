import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { SandboxClock } from "../../model/clock";
import type { Operation } from "../../model/service-api";
import type { Samples } from "../bucket";
import type { MetricStore } from "../metric-store";
import { checked, date, dimensionMap, dimensions, integer, list, number, text, unit } from "./input";

const datum = z.object({
  MetricName: text(1, 255),
  Dimensions: dimensions.optional(),
  Timestamp: date.optional(),
  Value: number.optional(),
  StatisticValues: z.object({ SampleCount: number, Sum: number, Minimum: number, Maximum: number }).optional(),
  Values: list(number).optional(),
  Counts: list(number).optional(),
  Unit: unit.optional(),
  StorageResolution: integer(1).optional(),
});

const putMetricData = z.object({
  Namespace: text(1, 255).regex(/^[^:]/),
  MetricData: list(datum).optional(),
  EntityMetricData: list(z.object({ MetricData: list(datum).optional() })).optional(),
});

type GivenDatum = z.output<typeof datum>;

/** Limits of the API reference, PutMetricData. */
const limits = { metrics: 1000, uniqueValues: 150, value: 2 ** 360, pastMs: 14 * 86_400_000, futureMs: 2 * 3_600_000 };

/** Takes anybody's metrics. */
export function putMetricDataOperation(store: MetricStore, clock: Pick<SandboxClock, "now">): Operation {
  return {
    kind: "own",
    answer(input, { account, region }) {
      if (input["Namespace"] === undefined) {
        throw new AwsFault("MissingParameter", "The parameter Namespace is required.");
      }
      const { Namespace, MetricData, EntityMetricData } = checked(putMetricData, input, "InvalidParameterValue");
      if (Namespace.startsWith("AWS/")) refuse("The value AWS/ for parameter Namespace is invalid.");
      const data = [...(MetricData ?? []), ...(EntityMetricData ?? []).flatMap((entity) => entity.MetricData ?? [])];
      if (data.length === 0) throw new AwsFault("MissingParameter", "The parameter MetricData is required.");
      if (data.length > limits.metrics) {
        refuse(`The collection MetricData must not have a size greater than ${limits.metrics}.`);
      }
      const now = clock.now();
      // All or nothing: the first fault refuses the whole request.
      const all = data.map((each, index) => ({
        each,
        samples: samplesOf(each, index + 1),
        at: timeOf(each, index + 1, now),
      }));
      for (const { each, samples, at } of all) {
        const metric = { namespace: Namespace, name: each.MetricName, dimensions: dimensionMap(each.Dimensions) };
        store.add({ account, region }, { ...metric, unit: each.Unit }, at, samples, each.StorageResolution === 1);
      }
      return {};
    },
  };
}

function samplesOf(given: GivenDatum, member: number): Samples {
  const where = `MetricData.member.${member}`;
  const { Value, Values, Counts, StatisticValues, StorageResolution } = given;
  if (StorageResolution !== undefined && StorageResolution !== 1 && StorageResolution !== 60) {
    refuse(`The value ${StorageResolution} for parameter ${where}.StorageResolution is invalid.`);
  }
  const forms = [Value, Values, StatisticValues].filter((form) => form !== undefined).length;
  if (forms > 1) {
    throw new AwsFault(
      "InvalidParameterCombination",
      `The parameters ${where}.Value, ${where}.Values and ${where}.StatisticValues are mutually exclusive and you have specified more than one.`,
    );
  }
  if (StatisticValues) {
    const { SampleCount: count, Sum: sum, Minimum: min, Maximum: max } = StatisticValues;
    [count, sum, min, max].forEach((value) => checkValue(value, where));
    if (count <= 0)
      refuse(`The value ${count} for parameter ${where}.StatisticValues.SampleCount must be greater than 0.`);
    if (min > max) refuse(`The parameter ${where}.StatisticValues.Maximum must be greater than Minimum.`);
    return { kind: "set", count, sum, min, max };
  }
  const values = Values ?? (Value === undefined ? [] : [Value]);
  if (values.length === 0) {
    throw new AwsFault("MissingParameter", `The parameter ${where}.Value is required.`);
  }
  values.forEach((value) => checkValue(value, where));
  if (values.length > limits.uniqueValues) {
    refuse(`The collection ${where}.Values must not have a size greater than ${limits.uniqueValues}.`);
  }
  if (Counts && Counts.length !== values.length) {
    refuse(`The parameters ${where}.Values and ${where}.Counts must be of the same size.`);
  }
  if (Counts?.some((count) => count < 0)) refuse(`The parameter ${where}.Counts must not be negative.`);
  return { kind: "values", values, counts: Counts };
}

function checkValue(value: number, where: string): void {
  if (Math.abs(value) > limits.value) refuse(`The value ${value} for parameter ${where}.Value is invalid.`);
}

function timeOf({ Timestamp }: GivenDatum, member: number, now: Date): Date {
  if (Timestamp === undefined) return now;
  const age = now.getTime() - Timestamp.getTime();
  if (age > limits.pastMs || age < -limits.futureMs) {
    refuse(
      `The parameter MetricData.member.${member}.Timestamp must specify a time within the past two weeks and no more than two hours in the future.`,
    );
  }
  return Timestamp;
}

function refuse(message: string): never {
  throw new AwsFault("InvalidParameterValue", message);
}
