import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { Input } from "../../model/service-api";

/**
 * Members as three protocols give them: the query protocol has numbers and booleans as texts and an empty list as an
 * empty text, JSON has dates as epoch seconds, CBOR has dates.
 */
export const text = (min: number, max: number) => z.string().min(min).max(max);

/** A finite number, or the text of one; CBOR has large integers of their own. */
export const number = z
  .union([z.number(), z.bigint().transform(Number), z.string().trim().min(1).transform(Number)])
  .pipe(z.number());

export const integer = (min: number, max: number = Number.MAX_SAFE_INTEGER) => number.pipe(z.int().min(min).max(max));

export const boolean = z.union([
  z.boolean(),
  z.enum(["true", "false", "True", "False"]).transform((word) => word.toLowerCase() === "true"),
]);

/** Within the years that dates have, so that every one can be written. */
export const date = z
  .union([
    z.date(),
    number.transform((seconds) => new Date(seconds * 1000)),
    z.string().transform((iso) => new Date(iso)),
  ])
  .refine((at) => Math.abs(at.getTime()) < 8e15, "Member must be a timestamp");

export const list = <T extends z.ZodType>(member: T, max = 10_000) =>
  z.preprocess((value) => (value === "" ? [] : value), z.array(member).max(max));

export const dimensions = list(z.object({ Name: text(1, 255), Value: text(1, 1024) }), 30);
export const tags = list(z.object({ Key: text(1, 128), Value: text(0, 256) }));
export const alarmNames = list(text(1, 255), 100);
export const stateValue = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);
export const scanBy = z.enum(["TimestampDescending", "TimestampAscending"]);
export const alarmTypes = list(z.enum(["MetricAlarm", "CompositeAlarm", "LogAlarm"]));

const units: readonly string[] = [
  ...["Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "Count/Second", "None"],
  ...["Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"].flatMap((size) => [size, `${size}/Second`]),
  ...["Bits", "Kilobits", "Megabits", "Gigabits", "Terabits"].flatMap((size) => [size, `${size}/Second`]),
];

export const unit = z.enum(units);

/** @throws AwsFault as AWS refuses a member that breaks the model */
export function checked<T extends z.ZodType>(schema: T, input: Input, code = "ValidationError"): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => {
    const { path } = issue;
    const where = path.map((step) => (typeof step === "number" ? `${step + 1}.member` : memberName(String(step))));
    const value = path.reduce<unknown>(
      (inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step],
      input,
    );
    const what = value === undefined ? "Value null" : `Value '${shown(value)}'`;
    const constraint = value === undefined ? "Member must not be null" : constraintOf(issue);
    return `${what} at '${where.join(".")}' failed to satisfy constraint: ${constraint}`;
  });
  const count = `${faults.length} validation ${faults.length === 1 ? "error" : "errors"} detected`;
  throw new AwsFault(code, `${count}: ${faults.join("; ")}`);
}

/** In the words that AWS has for the usual ones. */
function constraintOf(issue: z.core.$ZodIssue): string {
  const what = "origin" in issue && issue.origin === "number" ? "value" : "length";
  if (issue.code === "invalid_value") {
    return `Member must satisfy enum value set: [${issue.values.map(String).join(", ")}]`;
  }
  if (issue.code === "too_small") return `Member must have ${what} greater than or equal to ${issue.minimum}`;
  if (issue.code === "too_big") return `Member must have ${what} less than or equal to ${issue.maximum}`;
  return issue.message;
}

const memberName = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
function shown(value: unknown): string {
  if (typeof value === "string") return value.slice(0, 200);
  const json: string | undefined = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "bigint" ? inner.toString() : inner,
  );
  return (json ?? "").slice(0, 200);
}

/** Dimensions as the store has them. */
export const dimensionMap = (
  given: readonly { readonly Name: string; readonly Value: string }[] | undefined,
): Readonly<Record<string, string>> => Object.fromEntries((given ?? []).map(({ Name, Value }) => [Name, Value]));
