import type { Properties } from "../handler";
import { isRecord, isSame } from "./is-same";

/**
 * What is known of a resource (its inputs, or its last outputs), overlaid with what AWS tells now. Where both mean the
 * same the known wording stays, so an unchanged resource reads back exactly as it was written. A key that `found` lacks
 * is one that AWS does not tell, and stays; a key that `found` has as undefined is one that AWS has no value for.
 */
export function settle(known: Properties, found: Properties): Properties {
  const settled: Record<string, unknown> = { ...known };
  for (const [key, value] of Object.entries(found)) {
    if (known[key] !== undefined && isSame(known[key], value)) continue;
    // Kept as undefined where something was known: a value that is gone is told, not passed over.
    if (value !== undefined || key in known) settled[key] = tidy(value);
  }
  return settled;
}

/** Fields that AWS left open are no fields. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([key, field]) => [key, tidy(field)]));
}

/**
 * The part of a nested value that was asked for. AWS fills the rest of such a block with figures of its own, which
 * would otherwise look like somebody's change; without a known block all of it is told.
 */
export function askedFor(known: unknown, found: unknown): unknown {
  if (!isRecord(known) || !isRecord(found)) return found;
  return Object.fromEntries(Object.keys(known).map((key) => [key, found[key]]));
}
