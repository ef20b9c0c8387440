import { AwsFault } from "../../model/aws-fault";
import type { Input } from "../../model/service-api";

/** Reads the body of an AWS JSON request. @throws AwsFault `SerializationException` */
export function inputOfJson(body: Buffer): Input {
  // An operation without any member may come without a body.
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch (error) {
    throw new AwsFault("SerializationException", error instanceof Error ? error.message : String(error));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new AwsFault("SerializationException", "Start of structure or map found where not expected.");
  return value as Input;
}

/** Writes an answer as AWS JSON: dates as epoch seconds, bytes in base64, what is undefined left out. */
export const jsonOf = (value: unknown): string => JSON.stringify(plain(value));

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  // As JSON has no word for them; see "Timestamp and floating point" of the AWS JSON protocol.
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plain);
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(entries.map(([name, member]) => [name, plain(member)]));
}
