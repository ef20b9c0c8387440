import { isSame } from "./is-same";
import type { Properties } from "../handler";

/** A setting that AWS keeps as text under a key of its own. */
export interface Attribute {
  /** AWS' key, for instance `idle_timeout.timeout_seconds`. */
  readonly key: string;
  /** How the text reads back. */
  readonly type: "text" | "number" | "boolean";
}

/** Settings of a resource by Pulumi property. */
export type AttributeTable = Readonly<Record<string, Attribute>>;

/** An attribute as load balancing writes it. */
export interface AttributeEntry {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The attributes that differ between what is and what is wanted; a property that is not given keeps AWS' default. */
export function attributeChanges(
  table: AttributeTable,
  before: Properties,
  after: Properties,
): { Key: string; Value: string }[] {
  return Object.entries(table)
    .filter(([property]) => after[property] !== undefined && !isSame(before[property], after[property]))
    .map(([property, { key }]) => ({ Key: key, Value: String(after[property]) }));
}

/** The properties that AWS' attributes stand for; one that AWS does not list for this kind of resource is not told. */
export function fromAttributes(table: AttributeTable, entries: readonly AttributeEntry[] | undefined): Properties {
  const texts = new Map((entries ?? []).map(({ Key, Value }) => [Key, Value ?? ""]));
  return Object.fromEntries(
    Object.entries(table)
      .filter(([, { key }]) => texts.has(key))
      .map(([property, { key, type }]) => [property, parsed(texts.get(key) ?? "", type)]),
  );
}

function parsed(text: string, type: Attribute["type"]): unknown {
  switch (type) {
    case "text":
      return text;
    case "number":
      return Number(text);
    case "boolean":
      return text === "true";
  }
}
