import type { Properties } from "../handler";

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** Tag properties of an input: the resource's own, and those merged with the provider's default tags. */
export interface Tagged {
  readonly tags?: Tags;
  readonly tagsAll?: Tags;
}

/** A tag as most AWS services write it. */
export interface TagEntry {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags in the form of the AWS API. */
export function tagList(tags: Tags | undefined): { Key: string; Value: string }[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

/** The same with the lower-case field names that ECS uses. */
export function lowerCaseTagList(tags: Tags | undefined): { key: string; value: string }[] {
  return Object.entries(tags ?? {}).map(([key, value]) => ({ key, value }));
}

/** Tags out of the form of the AWS API. */
export function fromTagList(entries: readonly TagEntry[] | undefined): Tags {
  return Object.fromEntries((entries ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

/**
 * The properties `tags` and `tagsAll` for what AWS has now. AWS does not know which tags are the provider's defaults:
 * those are the entries of the known `tagsAll` that `tags` does not name. AWS' own tags (`aws:...`) are nobody's input.
 */
export function foundTags(known: Tagged, now: Tags): Properties {
  const all = Object.fromEntries(Object.entries(now).filter(([key]) => !key.startsWith("aws:")));
  const isDefault = (key: string, value: string): boolean =>
    known.tags?.[key] === undefined && known.tagsAll?.[key] === value;
  const own = Object.fromEntries(Object.entries(all).filter(([key, value]) => !isDefault(key, value)));
  return { tags: Object.keys(own).length > 0 ? own : undefined, tagsAll: all };
}

/** What must be set and what must be taken away to come from one set of tags to the other. */
export function tagChanges(before: Tagged, after: Tagged): { readonly put: Tags; readonly drop: readonly string[] } {
  const [old, wanted] = [before.tagsAll ?? {}, after.tagsAll ?? {}];
  return {
    put: Object.fromEntries(Object.entries(wanted).filter(([key, value]) => old[key] !== value)),
    drop: Object.keys(old).filter((key) => wanted[key] === undefined),
  };
}

/** Applies the changes of tags by the two calls that every service has under its own names. */
export async function retag(
  before: Tagged,
  after: Tagged,
  calls: { readonly put: (tags: Tags) => Promise<unknown>; readonly drop: (keys: string[]) => Promise<unknown> },
): Promise<void> {
  const { put, drop } = tagChanges(before, after);
  if (drop.length > 0) await calls.drop([...drop]);
  if (Object.keys(put).length > 0) await calls.put(put);
}
