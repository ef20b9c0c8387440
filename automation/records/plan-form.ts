import { z } from "zod";
import { slots } from "../../infra/releases";
import type { ServicePlan } from "../model/release/plan";

const slot = z.enum(slots);
const texts = z.array(z.string()).readonly();
const byContainer = z.record(z.string(), z.string());
const seconds = z.number().min(0);

const content = z.object({
  slot,
  images: byContainer,
  version: z.string(),
  taskDefinition: z.string().exactOptional(),
  pushedAt: z.string().exactOptional(),
});

export const check = z.object({
  name: z.string(),
  url: z.string(),
  headers: byContainer,
  status: z.number(),
  json: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  verifyCertificate: z.boolean().exactOptional(),
  serverName: z.string().exactOptional(),
});
const checks = z.array(check).readonly();

/** The plan in a journal: whoever resumes acts on it, so nothing in it is taken on trust. */
export const planForm = z.object({
  service: z.string().min(1),
  cluster: z.string(),
  strategy: z.enum(["rolling", "blue-green", "canary", "linear"]),
  controller: z.enum(["slipway", "ecs"]),
  mode: z.enum(["slots", "rolling", "ecs"]),
  from: content,
  to: content,
  slots: z.partialRecord(slot, z.object({ serviceName: z.string(), targetGroups: texts })),
  routes: z
    .array(z.object({ kind: z.enum(["listener", "rule"]), arn: z.string(), groups: z.record(slot, z.string()) }))
    .readonly(),
  steps: z.array(z.object({ percent: z.number().min(0).max(100), bakeSeconds: seconds })).readonly(),
  alarms: texts,
  ignoredAlarms: z.array(z.object({ name: z.string(), reason: z.string() })).readonly(),
  idleChecks: checks,
  liveChecks: checks,
  compare: z
    .object({ minimumRequests: z.number(), maxErrorPoints: z.number(), maxLatencyRatio: z.number() })
    .nullable(),
  loadBalancer: z.string().nullable(),
  rollback: z.enum(["auto", "ask", "never"]),
  count: z.int().min(0),
  provisionSeconds: seconds,
  warmSeconds: seconds,
  watchHours: z.number().min(0),
  restart: z.boolean(),
  notes: texts.exactOptional(),
}) satisfies z.ZodType<ServicePlan>;
