import { z } from "zod";
import { slots } from "../../infra/releases";
import type { RollbackPoint } from "../model/release/rollback-point";
import { time } from "./journal-form";
import type { RecordForm } from "./read-record";

const point: z.ZodType<RollbackPoint> = z.object({
  schema: z.literal(1),
  id: z.string().min(1),
  at: time,
  environment: z.string(),
  stack: z.string(),
  release: z.string().nullable(),
  released: z.array(z.string()).readonly(),
  services: z.record(
    z.string(),
    z.object({
      version: z.string(),
      images: z.record(z.string(), z.string()),
      taskDefinition: z.string(),
      desired: z.int().min(0),
      slot: z.enum(slots),
    }),
  ),
  snapshot: z.string().exactOptional(),
});

export const pointForm: RecordForm<RollbackPoint> = { what: "rollback point", schema: 1, check: point };
