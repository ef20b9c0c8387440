import { z } from "zod";
import { slots } from "../../infra/releases";
import type { SwitchEntry, SwitchJournal } from "../model/switch/journal";
import type { SwitchPlan, SwitchSide } from "../model/switch/plan";
import { actor, cause, time } from "./journal-form";
import { check } from "./plan-form";
import type { RecordForm } from "./read-record";

const colour = z.enum(slots);
const texts = z.array(z.string()).readonly();
const checks = z.array(check).readonly();

const side: z.ZodType<SwitchSide> = z.object({
  stack: z.string().min(1),
  cluster: z.string(),
  services: z.array(z.object({ service: z.string(), serviceName: z.string(), targetGroups: texts })).readonly(),
  alarms: texts,
});

/** Whoever goes on with a switch acts on its plan, so nothing in it is taken on trust. */
const plan: z.ZodType<SwitchPlan> = z.object({
  zoneId: z.string().min(1),
  name: z.string().min(1),
  from: colour,
  to: colour,
  sides: z.record(colour, side),
  steps: z
    .array(z.object({ percent: z.number().min(0).max(100), bakeSeconds: z.number().min(0) }))
    .min(1)
    .readonly(),
  directChecks: checks,
  publicChecks: checks,
  forced: z.string().nullable(),
  notes: texts,
});

const shift = { step: z.int().min(0), percent: z.number().min(0).max(100) };
const change = z.string();

/** Fields of each kind of entry besides `at`; a kind that is added to `SwitchFact` must be added here. */
const facts = {
  started: {},
  verified: {},
  shifting: shift,
  shifted: { ...shift, change },
  "in-sync": { change },
  passed: { step: z.int() },
  confirmed: {},
  "turned-back": { cause },
  restoring: { colour },
  restored: { colour, change },
  closed: { outcome: z.enum(["done", "refused", "rolled-back", "stuck"]), cause: cause.exactOptional() },
} as const satisfies Record<SwitchEntry["kind"], z.ZodRawShape>;

const entry = z.union(
  Object.entries(facts).map(([kind, fields]) => z.object({ kind: z.literal(kind), at: time, ...fields })),
) as unknown as z.ZodType<SwitchEntry>;

/** The last switch of a name. */
export const switchForm: RecordForm<SwitchJournal> = {
  what: "record of a switch",
  schema: 1,
  check: z.object({
    schema: z.literal(1),
    id: z.string().min(1),
    fence: z.number(),
    startedAt: time,
    by: actor,
    plan,
    before: z.object({ from: colour, to: colour }).exactOptional(),
    entries: z.array(entry).readonly(),
  }),
};
