import { z } from "zod";

/** A part of the traffic for the new version, and how long it is watched before the next. */
const stepSchema = z.strictObject({
  percent: z.int().min(1).max(100).describe("Share of the requests that the new version gets."),
  bakeSeconds: z.int().min(0).max(86_400).describe("How long alarms, targets and checks are watched then."),
});

/** One request and the answer to it that proves a service healthy (`/health` of most programs). */
export const checkSchema = z.strictObject({
  name: z.string().min(1).optional().describe("Its name in reports; the path when absent."),
  path: z.string().regex(/^\//, "a path that begins with /"),
  container: z.string().optional().describe("Of several containers behind the load balancer, the one that answers."),
  status: z.int().min(100).max(599).default(200),
  json: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe(
      "Fields of the JSON body and their values; `a.b` is a field within a field, `{version}` the tag that is released.",
    ),
});

/** A place where ECS waits for a person. */
const pauseSchema = z.strictObject({
  at: z
    .enum(["before-shift", "after-shift"])
    .default("before-shift")
    .describe("Before the new version gets its first request, or once it gets all of them."),
  timeoutMinutes: z.int().min(1).max(20_160).default(1_440),
  otherwise: z.enum(["rollback", "continue"]).default("rollback").describe("What ECS does when nobody came in time."),
});

/** How new versions of a service are put into use. */
export const releaseSchema = z
  .strictObject({
    strategy: z
      .enum(["rolling", "blue-green", "canary", "linear"])
      .default("rolling")
      .describe("`rolling` keeps one slot; the others keep two, and need a load balancer."),
    controller: z
      .enum(["slipway", "ecs"])
      .default("slipway")
      .describe("Who moves the traffic: the driver step by step, or ECS by its own BLUE_GREEN, CANARY and LINEAR."),
    steps: z
      .array(stepSchema)
      .min(1)
      .max(20)
      .optional()
      .describe("Growing shares that end with 100; by the strategy when absent (docs/releases.md)."),
    compare: z
      .strictObject({
        minimumRequests: z
          .int()
          .min(1)
          .default(100)
          .describe("Fewer of them on either side prove nothing, and no traffic is not success."),
        maxErrorPoints: z
          .number()
          .min(0)
          .max(100)
          .default(1)
          .describe("Percentage points by which the new version may fail more often than the old one."),
        maxLatencyRatio: z
          .number()
          .min(1)
          .max(100)
          .default(1.5)
          .describe("How many times slower (p95) the new version may answer."),
      })
      .optional()
      .describe("Compares the new version with the old one in every step before the last."),
    rollback: z
      .enum(["auto", "ask", "never"])
      .default("auto")
      .describe(
        "What a failed release does: goes back, asks where somebody can be asked, or stops and leaves both as they are.",
      ),
    pause: pauseSchema
      .optional()
      .describe(
        "With `controller: ecs`, waits for `slipway release continue`; a service's very first deployment stops there too, so add it after that.",
      ),
    alarms: z.array(z.string().min(1)).default([]).describe("Further alarms by name that must be silent."),
    warmSeconds: z
      .int()
      .min(0)
      .max(86_400)
      .default(300)
      .describe(
        "How long the old tasks run on after the last step, for an instant way back; ECS keeps them as long as the last step bakes.",
      ),
    provisionSeconds: z
      .int()
      .min(60)
      .max(86_400)
      .optional()
      .describe("Deadline for the new tasks to be healthy; the grace period and 10 minutes when absent."),
    watchHours: z
      .int()
      .min(0)
      .max(168)
      .default(0)
      .describe("How long after a release its alarms still take it back, by `slipway release watch`."),
  })
  .prefault({});
