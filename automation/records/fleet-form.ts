import { z } from "zod";
import type { FleetEntry, FleetJournal } from "../model/fleet/journal";
import { actor, time } from "./journal-form";
import type { RecordForm } from "./read-record";

const at = { at: time };
const instance = { instance: z.string().min(1), ...at };
const why = { text: z.string() };

const probe = z.object({
  instance: z.string().min(1),
  version: z.string(),
  sick: z.string(),
  odd: z.string(),
  ms: z.number().nullable(),
});

const entry: z.ZodType<FleetEntry> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("started"), ...at }),
  z.object({ kind: z.literal("updating"), ...instance }),
  z.object({ kind: z.literal("updated"), ...instance }),
  z.object({ kind: z.literal("update-failed"), ...instance, ...why }),
  z.object({ kind: z.literal("healthy"), ...instance }),
  z.object({ kind: z.literal("check-failed"), ...instance, ...why }),
  z.object({ kind: z.literal("watched"), ...at, probes: z.array(probe).readonly() }),
  z.object({ kind: z.literal("turned-back"), ...at, ...why }),
  z.object({ kind: z.literal("restoring"), ...instance }),
  z.object({ kind: z.literal("restored"), ...instance }),
  z.object({ kind: z.literal("restore-failed"), ...instance, ...why }),
  z.object({ kind: z.literal("stuck"), ...at, ...why }),
  z.object({ kind: z.literal("resumed"), ...at }),
  z.object({ kind: z.literal("closed"), ...at, outcome: z.enum(["done", "rolled-back"]) }),
]);

const move = z.object({ instance: z.string().min(1), from: z.string(), to: z.string() });

const watch = z.object({
  seconds: z.number(),
  intervalSeconds: z.number(),
  others: z.array(z.object({ instance: z.string().min(1), version: z.string() })).readonly(),
  limits: z.object({ minimumRequests: z.number(), maxErrorPoints: z.number(), maxLatencyRatio: z.number() }),
});

const journal: z.ZodType<FleetJournal> = z.object({
  schema: z.literal(1),
  id: z.string().min(1),
  stack: z.string(),
  startedAt: time,
  by: actor,
  reason: z.string().exactOptional(),
  plan: z.object({
    component: z.string().min(1),
    version: z.string(),
    type: z.enum(["rolling", "canary"]),
    total: z.number(),
    kept: z.number(),
    moves: z.array(move).readonly(),
    earlier: z.array(move).readonly(),
    healthIntervalSeconds: z.number(),
    retries: z.number(),
    watch: watch.exactOptional(),
  }),
  entries: z.array(entry).readonly(),
});

export const fleetForm: RecordForm<FleetJournal> = { what: "run over a fleet", schema: 1, check: journal };
