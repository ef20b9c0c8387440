import { randomUUID } from "node:crypto";
import type { ServiceEvent } from "../model";
import type { ServiceRecord } from "../services/service-record";
import { timings } from "./timings";

/** API_Service: "Up to 100 of the latest events are displayed." */
const kept = 100;

/** The service says something. Each event is later than the one before, by a millisecond at least, as in real logs. */
export function say(record: ServiceRecord, now: Date, ...messages: readonly string[]): ServiceRecord {
  const events = messages.reduce<readonly ServiceEvent[]>((earlier, message) => {
    const last = earlier[0]?.createdAt.getTime() ?? 0;
    const createdAt = new Date(Math.max(now.getTime(), last + 1));
    return [{ id: randomUUID(), createdAt, message }, ...earlier];
  }, record.events);
  return { ...record, events: events.slice(0, kept) };
}

/** Says it unless it was said less than 6 hours ago for the same cause. */
export function sayOnce(record: ServiceRecord, now: Date, message: string): ServiceRecord {
  const before = record.told[message];
  if (before && now.getTime() - before.getTime() < timings.eventRepeat) return record;
  return { ...say(record, now, message), told: { ...record.told, [message]: now } };
}

/** The causes are gone: the next time it is told at once. */
export const forgetTold = (record: ServiceRecord): ServiceRecord => ({ ...record, told: {} });
