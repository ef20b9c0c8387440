import type { AlarmState } from "../../model/metrics";
import type { MetricSettings } from "./alarm";
import { javaDouble } from "./java-double";

export interface ReasonPoint {
  /** Start of its period. */
  readonly at: Date;
  readonly value: number;
}

export interface ReasonInput {
  readonly state: AlarmState;
  /** Those that were looked at, oldest first. */
  readonly points: readonly ReasonPoint[];
  /** Those of them that are on the side of the new state. */
  readonly deciding: readonly ReasonPoint[];
  readonly settings: Pick<
    MetricSettings,
    "EvaluationPeriods" | "DatapointsToAlarm" | "ComparisonOperator" | "Threshold" | "TreatMissingData"
  >;
}

const sides: Readonly<Record<MetricSettings["ComparisonOperator"], string>> = {
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  GreaterThanThreshold: "greater than",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
};

/** From this many on, points come in a sentence of their own, and only so many of them. */
const mostPoints = 5;

/** What AWS writes into StateReason; the texts are in "Alarm events and EventBridge" and in notifications seen. */
export function reasonOf(input: ReasonInput): string {
  const { state, points, deciding, settings } = input;
  const periods = settings.EvaluationPeriods;
  const missing = Math.max(0, periods - points.length);
  if (state === "INSUFFICIENT_DATA") return `Insufficient Data: ${datapoints(periods)} ${were(periods)} unknown.`;
  if (deciding.length === 0 || (missing > 0 && filledDecides(input))) return missingReason(input, missing);
  const not = state === "ALARM" ? "" : "not ";
  const limit = `${were(deciding.length)} ${not}${sides[settings.ComparisonOperator]} the threshold (${javaDouble(settings.Threshold)})`;
  const isMofN = settings.DatapointsToAlarm !== undefined;
  const who = isMofN
    ? `${deciding.length} out of the last ${datapointsOf(points.length)}`
    : datapoints(deciding.length);
  const listed = `[${[...deciding].reverse().slice(0, mostPoints).map(written).join(", ")}]`;
  const end = isMofN ? ` (minimum ${datapoints(needed(input))} for ${transition(state)} transition)` : "";
  if (deciding.length < mostPoints) return `Threshold Crossed: ${who} ${listed} ${limit}${end}.`;
  return `Threshold Crossed: ${who} ${limit}. The most recent datapoints which crossed the threshold: ${listed}${end}.`;
}

/** Without what was filled in for missing points, the state would have been another. */
function filledDecides({ state, deciding, settings }: ReasonInput): boolean {
  const toAlarm = settings.DatapointsToAlarm ?? settings.EvaluationPeriods;
  if (state === "ALARM") return settings.TreatMissingData === "breaching" && deciding.length < toAlarm;
  return settings.TreatMissingData === "notBreaching" && deciding.length < settings.EvaluationPeriods - toAlarm + 1;
}

function missingReason({ points, settings }: ReasonInput, missing: number): string {
  const treated = settings.TreatMissingData === "breaching" ? "Breaching" : "NonBreaching";
  const count = points.length === 0 ? "no datapoints were" : `${datapoints(points.length)} ${were(points.length)}`;
  const periods = settings.EvaluationPeriods;
  return (
    `Threshold Crossed: ${count} received for ${periods} ${periods === 1 ? "period" : "periods"} ` +
    `and ${missing} missing ${missing === 1 ? "datapoint" : "datapoints"} ${were(missing)} treated as [${treated}].`
  );
}

function needed({ state, settings }: ReasonInput): number {
  const toAlarm = settings.DatapointsToAlarm ?? settings.EvaluationPeriods;
  return state === "ALARM" ? toAlarm : settings.EvaluationPeriods - toAlarm + 1;
}

const transition = (state: AlarmState): string => (state === "ALARM" ? "OK -> ALARM" : "ALARM -> OK");
const were = (count: number): string => (count === 1 ? "was" : "were");
const datapoints = (count: number): string => `${count} ${count === 1 ? "datapoint" : "datapoints"}`;
/** "1 out of the last 1 datapoints": always in the plural. */
const datapointsOf = (count: number): string => `${count} datapoints`;

/** `99.5 (02/10/19 16:59:00)` */
function written({ at, value }: ReasonPoint): string {
  const [date = "", time = ""] = at.toISOString().split("T");
  const [year = "", month, day] = date.split("-");
  return `${javaDouble(value)} (${day}/${month}/${year.slice(2)} ${time.slice(0, 8)})`;
}
