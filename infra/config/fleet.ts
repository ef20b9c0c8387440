import { z } from "zod";
import { key, port } from "./fields";

const instanceId = z.string().regex(/^i-[0-9a-f]{8,17}$/, "an instance id such as i-0123456789abcdef0");

const commands = z
  .array(z.string().min(1))
  .min(1)
  .describe(
    "Shell commands (SSM document AWS-RunShellScript), run as root in this order; the first that fails ends them.",
  );

const checkSchema = z.union([
  z.strictObject({
    commands: commands.describe(
      "Shell commands on the instance that end with 0 when the component is healthy; `{version}` is the version it should run.",
    ),
  }),
  z.strictObject({
    http: z
      .strictObject({
        port,
        path: z.string().regex(/^\//, "a path that begins with /"),
        status: z.int().min(100).max(599).default(200),
        json: z
          .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
          .default({})
          .describe(
            "Fields of the JSON body and their values; `a.b` is a field within a field, `{version}` the version.",
          ),
      })
      .describe(
        "A request to the private address, made by the machine that runs Slipway: it must be inside the network.",
      ),
  }),
]);

const canaryWatchSchema = z
  .strictObject({
    seconds: z
      .int()
      .min(0)
      .max(86_400)
      .default(0)
      .describe("How long, after its last instance is healthy; an hour or two show most faults. 0: not at all."),
    intervalSeconds: z.int().min(1).max(3_600).default(60).describe("Between two looks at all instances."),
    commands: commands
      .optional()
      .describe("Shell commands on every instance that end with 0 when nothing odd is in its logs."),
    compare: z
      .strictObject({
        minimumRequests: z.int().min(1).default(20).describe("Looks at each side; fewer prove nothing."),
        maxErrorPoints: z
          .number()
          .min(0)
          .max(100)
          .default(5)
          .describe("Percentage points by which the canary may fail more often than the others."),
        maxLatencyRatio: z
          .number()
          .min(1)
          .max(100)
          .default(1.5)
          .describe("How many times slower (p95) the canary may answer; for a check by http."),
      })
      .prefault({}),
  })
  .prefault({})
  .describe("Watches a canary beside the instances that keep the old version; a worse one goes back.");

/** A component on EC2 instances that Slipway did not make, and how it gets another version. */
const fleetSchema = z.strictObject({
  instances: z
    .union([
      z.strictObject({ ids: z.array(instanceId).min(1).max(500) }),
      z.strictObject({
        tags: z
          .record(z.string().min(1).max(127), z.string().max(255))
          .refine((tags) => Object.keys(tags).length > 0, "at least one tag"),
      }),
    ])
    .describe("Ids, or tags that all of them have; with tags only running instances are meant."),
  update: z
    .strictObject({
      commands: commands.describe(
        "Shell commands that install and start `{version}`; they are run again after a kill, so they must not mind that.",
      ),
      timeoutSeconds: z.int().min(30).max(172_800).default(600),
    })
    .describe("What an instance does to get another version, by Systems Manager."),
  check: checkSchema,
  healthIntervalSeconds: z
    .int()
    .min(0)
    .max(86_400)
    .default(60)
    .describe("Between an update and its check, and between two tries of a check."),
  canaryPercent: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe("Share of the instances that a canary updates: rounded up, at least one."),
  canaryWatch: canaryWatchSchema,
  retries: z.int().min(0).max(20).default(2).describe("How often a failed check is tried again before all go back."),
});

/** Components on EC2 instances by name. */
export const fleetsSchema = z.record(key, fleetSchema).default({});

export type FleetConfig = z.output<typeof fleetSchema>;
