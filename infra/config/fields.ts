import { z } from "zod";

/** An IPv4 block such as `10.0.0.0/16`; VPC blocks are /16 to /28. */
export const cidrBlock = z
  .string()
  .regex(
    /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\/(?:[12]?\d|3[0-2])$/,
    "an IPv4 block such as 10.0.0.0/16",
  );

export const accountId = z.string().regex(/^\d{12}$/, '12 digits in quotes, such as "123456789012"');

export const arn = z
  .string()
  .regex(
    /^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12})?:.+$/,
    "an ARN such as arn:aws:acm:eu-central-1:123456789012:certificate/...",
  );

/** Retention periods that CloudWatch Logs accepts, in days (API PutRetentionPolicy). */
export const retentionDays = z.union(
  (
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const
  ).map((days) => z.literal(days)),
);

/** Key of a service, a container or a secret in configuration; it becomes part of resource names. */
export const key = z
  .string()
  .regex(/^[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?$/, "lower case letters, digits and hyphens, at most 32");

/** How long Secrets Manager keeps a deleted secret, in days; that 1 to 6 are none of its figures is a cross-check's to say. */
export const recoveryDays = z.int().min(0).max(30).default(7);

export const port = z.int().min(1).max(65535);

export const percent = z.number().min(0).max(100);

/** A time window in UTC, `hh:mm-hh:mm`. */
export const dailyWindow = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/, "hh:mm-hh:mm in UTC");

/** A weekly window in UTC, `ddd:hh:mm-ddd:hh:mm`. */
export const weeklyWindow = z
  .string()
  .regex(
    /^(?:mon|tue|wed|thu|fri|sat|sun):(?:[01]\d|2[0-3]):[0-5]\d-(?:mon|tue|wed|thu|fri|sat|sun):(?:[01]\d|2[0-3]):[0-5]\d$/,
    "ddd:hh:mm-ddd:hh:mm in UTC",
  );
