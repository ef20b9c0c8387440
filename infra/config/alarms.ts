import { z } from "zod";
import { alarmRuleNames } from "../alarms/rules";

const ruleSchema = z.strictObject({
  rule: z.enum(alarmRuleNames),
  name: z.string().min(1).max(200).optional().describe("Exact alarm name; only for a rule that makes a single alarm."),
  threshold: z.number().describe("In the rule's unit."),
  periodSeconds: z.union([z.literal(10), z.literal(30), z.int().min(60).max(86400).multipleOf(60)]).default(60),
  evaluationPeriods: z.int().min(1).max(1440).default(1),
  datapointsToAlarm: z.int().min(1).optional(),
  severity: z.enum(["P0", "P1", "P2", "P3"]).default("P2"),
});

/** Alarms and who is told. */
export const alarmsSchema = z
  .strictObject({
    email: z.email().optional().describe("Subscribed to the topic of all alarms; AWS asks the address to confirm."),
    rules: z.array(ruleSchema).default([]),
  })
  .prefault({});
