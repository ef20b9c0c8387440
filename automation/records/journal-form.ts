import { z } from "zod";
import type { Cause, CauseKind } from "../model/release/cause";
import { journalSchema, type Journal, type JournalEntry } from "../model/release/journal";
import { planForm } from "./plan-form";
import type { RecordForm } from "./read-record";

/** ISO 8601. */
export const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)), "it is no time");

/** Who did something, as every record has it. */
export const actor = z.object({
  identity: z.string().nullable(),
  user: z.string(),
  host: z.string(),
  ci: z.string().exactOptional(),
});

/** A word that is added to `CauseKind` must be added here, or this does not compile. */
const causeKinds: Readonly<Record<CauseKind, true>> = {
  "provision-failed": true,
  "crash-loop": true,
  "ecs-rolled-back": true,
  deadline: true,
  unhealthy: true,
  alarm: true,
  "check-failed": true,
  worse: true,
  "too-few-requests": true,
  "changed-elsewhere": true,
  blind: true,
  aborted: true,
  "peer-failed": true,
  "commit-failed": true,
};
export const cause: z.ZodType<Cause> = z.object({
  kind: z.enum(Object.keys(causeKinds) as CauseKind[]),
  text: z.string(),
});

const asked = { by: z.string(), reason: z.string().exactOptional() };
const shift = { step: z.number(), percent: z.number() };

/** Fields of each kind of entry besides `at`; the same holds for kinds. */
const facts = {
  started: {},
  provisioning: {},
  provisioned: { deploymentId: z.string(), taskDefinition: z.string() },
  scaled: { count: z.number() },
  verified: { by: z.enum(["checks", "targets", "tasks"]) },
  shifting: shift,
  shifted: shift,
  passed: { step: z.number() },
  ready: {},
  failed: { cause },
  paused: {
    hookId: z.string(),
    stage: z.string(),
    until: time.nullable(),
    otherwise: z.enum(["ROLLBACK", "CONTINUE"]),
  },
  continued: { hookId: z.string() },
  "abort-asked": asked,
  "continue-asked": asked,
  "turned-back": { cause },
  "kept-new": { cause },
  "left-as-is": { cause },
  "weights-restored": {},
  restoring: {},
  restored: { deploymentId: z.string() },
  committing: {},
  committed: {},
  retired: {},
  closed: { outcome: z.enum(["done", "rolled-back", "left", "stuck"]), cause: cause.exactOptional() },
} as const satisfies Record<JournalEntry["kind"], z.ZodRawShape>;

const [first, ...others] = Object.entries(facts).map(([kind, fields]) =>
  z.object({ kind: z.literal(kind), at: time, ...fields }),
);
if (first === undefined) throw new Error("no entry has a form");
const entry = z.discriminatedUnion("kind", [first, ...others]) as unknown as z.ZodType<JournalEntry>;

const journal: z.ZodType<Journal> = z.object({
  schema: z.literal(journalSchema),
  id: z.string().min(1),
  release: z.string().min(1),
  stack: z.string(),
  fence: z.int().min(0),
  startedAt: time,
  finishedAt: time.exactOptional(),
  request: z.object({
    command: z.enum(["release", "rollback", "restart"]),
    reason: z.string().exactOptional(),
    by: actor,
    services: z.array(z.string()).readonly(),
    order: z.enum(["parallel", "sequential"]),
    allOrNothing: z.boolean(),
  }),
  plan: planForm,
  entries: z.array(entry).readonly(),
});

export const journalForm: RecordForm<Journal> = { what: "journal of a release", schema: journalSchema, check: journal };
