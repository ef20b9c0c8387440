import type { z } from "zod";
import { exitCodes, SlipwayError } from "../model/errors";
import type { Store, Stored } from "../ports/store";

/** A form of record that this Slipway knows. */
export interface RecordForm<T> {
  /** For messages: `journal of a release`. */
  readonly what: string;
  /** The newest `schema` that is known. */
  readonly schema: number;
  readonly check: z.ZodType<T>;
}

/**
 * A record as it was written: fields that this Slipway does not know stay in it, so that writing it again loses nothing.
 *
 * @throws SlipwayError `record-newer` (exit 3) when a newer Slipway wrote it, `record-unreadable` (exit 1) when it is none
 */
export function readRecord<T>(form: RecordForm<T>, text: string, where: string): T {
  const { what, check } = form;
  const value = parsed(text);
  refuseNewer(form, text, where);
  const { success, error } = check.safeParse(value);
  if (success) return value as T;
  const [issue] = error.issues;
  const place = issue?.path.join(".") ?? "";
  throw new SlipwayError({
    code: "record-unreadable",
    exitCode: exitCodes.failed,
    message: `${where} is no ${what}: ${place === "" ? "" : `${place}: `}${issue?.message ?? "it is empty"}.`,
    remedy: "Nothing was changed. Somebody has changed it by hand: put it back, or move it away when you know its end.",
  });
}

/**
 * For a record that is about to be replaced, whatever else it is.
 *
 * @throws SlipwayError `record-newer` (exit 3)
 */
export function refuseNewer({ what, schema }: RecordForm<unknown>, text: string, where: string): void {
  const found = (parsed(text) as { readonly schema?: unknown } | null | undefined)?.schema;
  if (typeof found !== "number" || found <= schema) return;
  throw new SlipwayError({
    code: "record-newer",
    exitCode: exitCodes.blocked,
    message: `${where} is a ${what} of form ${found}; this Slipway knows up to ${schema}. It was written by a newer Slipway; nothing was changed.`,
    remedy: "Use the Slipway that wrote it, or a newer one.",
  });
}

/** The record under a key, and the version that a change of it must name. */
export async function recordAt<T>(
  form: RecordForm<T>,
  store: Store,
  key: string,
): Promise<{ readonly record: T; readonly version: string } | undefined> {
  const stored: Stored | undefined = await store.get(key);
  return stored && { record: readRecord(form, stored.value, `${store.place}/${key}`), version: stored.version };
}

/** So many records are fetched at once. */
const batch = 20;

/** The records under many keys, in their order; one that has gone in the meantime is left out. */
export async function recordsAt<T>(form: RecordForm<T>, store: Store, keys: readonly string[]): Promise<readonly T[]> {
  const found: T[] = [];
  for (let start = 0; start < keys.length; start += batch) {
    const records = await Promise.all(keys.slice(start, start + batch).map((key) => recordAt(form, store, key)));
    found.push(...records.flatMap((one) => (one === undefined ? [] : [one.record])));
  }
  return found;
}

/** As it stands in the store. */
export const recordText = (record: unknown): string => `${JSON.stringify(record, null, 2)}\n`;

/** Undefined when it is no JSON, which no form allows. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
