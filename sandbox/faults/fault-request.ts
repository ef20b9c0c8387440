import { z } from "zod";
import { AwsFault } from "../model/aws-fault";

const text = z.string().min(1).max(2048);

/** What `POST fault` takes; which of it a kind takes is in the table of kinds. Figures may be texts. */
export const faultRequest = z.strictObject({
  kind: text,
  value: z.union([text, z.number()]).optional(),
  /** Name or glob of an ECS service, or `cluster/service`. */
  service: text.optional(),
  /** Tag of the image, or a glob. */
  tag: text.optional(),
  /** Id of a task, or how it begins. */
  task: text.optional(),
  /** Signing name of an AWS service, one of its usual names, or a glob. */
  api: text.optional(),
  /** For example `UpdateService`, or a glob. */
  operation: text.optional(),
  percent: z.coerce.number().min(0).max(100).optional(),
  /** So many times, then never again. */
  count: z.coerce.number().int().min(1).optional(),
  /** `30s`, in the sandbox's time. */
  for: text.optional(),
  account: z
    .string()
    .regex(/^\d{12}$/, "12 digits")
    .optional(),
  region: text.optional(),
  state: z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]).optional(),
  /** `<target group>=<weight>,...` */
  weights: text.optional(),
  /** Of a secret that is JSON. */
  key: text.optional(),
  /** New name of the key. */
  to: text.optional(),
});

export type FaultRequest = z.infer<typeof faultRequest>;

/** What is wrong with a request for a fault, for people. */
export const badFault = (message: string): AwsFault => new AwsFault("InvalidFault", message);

/** @throws AwsFault that names everything that is wrong */
export function checkedBy<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => [...issue.path.map(String), wordsFor(issue)].join(" "));
  const found = typeof value === "string" || typeof value === "number" ? ` is \`${value}\`, and` : ":";
  throw badFault(`${what}${found} ${wrong.join("; ")}.`);
}

/** What is allowed, where the schema's own words are about programs. */
function wordsFor(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return `must be a ${issue.expected === "int" ? "whole number" : issue.expected}`;
  if (issue.code === "too_small") return `must be at least ${issue.minimum}`;
  if (issue.code === "too_big") return `must be at most ${issue.maximum}`;
  return issue.message;
}
