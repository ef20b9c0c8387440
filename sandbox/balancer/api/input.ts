import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { Input } from "../../model/service-api";

/** A whole number that the query protocol writes as a text. */
export const integer = z.coerce.number().int();

/** Reads a request. @throws AwsFault `ValidationError` that names the first member that is wrong */
export function read<T>(schema: z.ZodType<T>, input: Input): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path
    .map((part) => (typeof part === "number" ? `${part + 1}.member` : memberOf(String(part))))
    .join(".");
  throw invalid(
    `1 validation error detected: Value at '${path ?? ""}' failed to satisfy constraint: ${issue?.message ?? ""}`,
  );
}

/** The error that this service gives for input it does not take. */
export const invalid = (message: string): AwsFault => new AwsFault("ValidationError", message);

/** `TargetGroupArn` is told as `targetGroupArn`. */
export const memberOf = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
