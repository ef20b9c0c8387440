import { z } from "zod";
import { key, percent, port } from "./fields";
import { checkSchema, releaseSchema } from "./release";

const secretReference = z.union([
  z.strictObject({
    secret: z.string().min(1).describe("`database`, a key of `slipway:secrets`, or the ARN of a secret."),
    key: z.string().min(1).optional().describe("JSON field of the secret; the whole value when absent."),
  }),
  z.strictObject({ parameter: z.string().min(1).describe("Name (`/a/b`) or ARN of an SSM parameter.") }),
]);

const healthCheckSchema = z.strictObject({
  path: z.string().regex(/^\//, "a path that begins with /"),
  matcher: z
    .string()
    .regex(/^\d{3}(?:[-,]\d{3})*$/, 'HTTP codes such as "200" or "200-299"')
    .default("200"),
  intervalSeconds: z.int().min(5).max(300).default(30),
  timeoutSeconds: z.int().min(2).max(120).default(5),
  healthyThreshold: z.int().min(2).max(10).default(2),
  unhealthyThreshold: z.int().min(2).max(10).default(2),
});

const attachmentSchema = z.strictObject({
  paths: z.array(z.string().regex(/^[/*]/, "a path pattern such as /api/*")).max(5).optional(),
  hosts: z.array(z.string().min(1)).max(5).optional(),
  priority: z
    .int()
    .min(1)
    .max(50000)
    .optional()
    .describe(
      "Order among the rules, lowest first, 1 to 50000; derived from the patterns when absent, the longest first.",
    ),
  healthCheck: healthCheckSchema,
  deregistrationDelaySeconds: z
    .int()
    .min(0)
    .max(3600)
    .default(30)
    .describe("How long a leaving target may finish its requests."),
});

const containerSchema = z.strictObject({
  image: z
    .strictObject({
      repository: z.string().min(1),
      tag: z
        .string()
        .regex(/^[\w][\w.-]{0,127}$/, "an image tag")
        .default("latest"),
    })
    .describe("The first image only: later images are released, and remembered by the stack."),
  port: port.optional().describe("Port the container listens on."),
  essential: z.boolean().default(true),
  command: z.array(z.string()).optional(),
  cpu: z.int().min(0).optional(),
  memory: z.int().min(6).optional().describe("Hard limit in MiB."),
  environment: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .default({})
    .describe("Plain values; nothing secret."),
  secrets: z
    .record(z.string(), secretReference)
    .default({})
    .describe("Environment variables whose values ECS reads when the task starts."),
  loadBalancer: attachmentSchema.optional().describe("Puts the container's port behind the load balancer."),
});

/** What a service keeps running. Cpu in units (1024 = 1 vCPU), memory in MiB. */
export const serviceSchema = z.strictObject({
  cpu: z.int().default(256),
  memory: z.int().default(512),
  desiredCount: z.int().min(0).max(5000).default(1),
  spot: z
    .boolean()
    .default(false)
    .describe("Fargate Spot: cheaper, and can be taken away. A change starts new tasks, and then stops the old ones."),
  containers: z
    .record(key, containerSchema)
    .refine((containers) => Object.keys(containers).length > 0, "at least one container"),
  serviceToService: z.boolean().default(false).describe("Opens the containers' ports to the other services."),
  gracePeriodSeconds: z
    .int()
    .min(0)
    .max(2147483647)
    .default(60)
    .describe("How long after its start a task may fail the load balancer's health check."),
  deployment: z
    .strictObject({
      maximumPercent: z.int().min(100).max(200).default(200),
      minimumHealthyPercent: z.int().min(0).max(100).default(100),
      circuitBreaker: z.boolean().default(true),
      rollback: z.boolean().default(true),
    })
    .prefault({}),
  checks: z
    .array(checkSchema)
    .default([])
    .describe("Requests that a healthy version answers as expected; a release makes them before and after it shifts."),
  release: releaseSchema,
  autoscaling: z
    .strictObject({
      min: z.int().min(0),
      max: z.int().min(1),
      cpuTarget: percent.optional(),
      memoryTarget: percent.optional(),
    })
    .optional()
    .describe("Target tracking; the desired count then belongs to the scaling."),
  executeCommand: z.boolean().default(false).describe("ECS Exec, for diagnosis."),
});

export const servicesSchema = z.record(key, serviceSchema);
