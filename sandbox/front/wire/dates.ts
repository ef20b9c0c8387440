import type { Answer } from "../../model/service-api";

/** Makes dates of the members with these names, which a JSON answer has as epoch seconds or as ISO text. */
export function withDates(answer: Answer, names: ReadonlySet<string>): Answer {
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, names.has(name) ? dated(value) : within(value, names)]),
  );
}

function within(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((member) => within(member, names));
  return typeof value === "object" && value !== null ? withDates(value as Answer, names) : value;
}

function dated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dated);
  if (typeof value !== "number" && typeof value !== "string") return value;
  const date = typeof value === "number" ? new Date(value * 1000) : new Date(value);
  return Number.isNaN(date.getTime()) ? value : date;
}
