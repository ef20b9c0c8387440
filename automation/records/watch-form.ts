import { z } from "zod";
import type { WatchRecord } from "../model/release/watch";
import { time } from "./journal-form";
import type { RecordForm } from "./read-record";

const watch: z.ZodType<WatchRecord> = z.object({
  schema: z.literal(1),
  service: z.string().min(1),
  release: z.string(),
  start: time,
  end: time,
  alarms: z.array(z.string()).readonly(),
  point: z.string(),
  state: z.enum(["open", "ended", "breached", "superseded"]),
  breach: z.string().exactOptional(),
});

export const watchForm: RecordForm<WatchRecord> = { what: "watch after a release", schema: 1, check: watch };
