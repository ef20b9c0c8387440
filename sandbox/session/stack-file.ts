import { isMap, isScalar, parseDocument, type Document } from "yaml";

/** Keys of a stack file that say how its secrets are encrypted. */
const encryption = ["secretsprovider", "encryptedkey", "encryptionsalt"] as const;

/**
 * The engine's own copy of a stack file: what is checked in, with the sandbox's encryption and the sandbox's secrets.
 * Secrets of the checked-in file are encrypted with a key that the sandbox does not have, so they are left out unless
 * the copy has its own value for them.
 *
 * @param copy the copy as it is now; undefined for the first time
 */
export function sandboxStackFile(checkedIn: string, copy: string | undefined): string {
  const result = parseDocument(checkedIn);
  const former = parseDocument(copy ?? "");
  for (const key of encryption) result.delete(key);
  for (const key of secretKeysOf(result)) result.deleteIn(["config", key]);
  for (const key of encryption) carry(former, result, [key]);
  for (const key of secretKeysOf(former)) {
    if (!result.hasIn(["config", key])) carry(former, result, ["config", key]);
  }
  return result.toString({ lineWidth: 0 });
}

/** True when the copy has a value for this key of the configuration. */
export const hasConfig = (copy: string, key: string): boolean => parseDocument(copy).hasIn(["config", key]);

function carry(from: Document, to: Document, path: readonly string[]): void {
  const node = from.getIn(path, true);
  if (node !== undefined) to.setIn(path, node);
}

/** Keys below `config` whose value is a secret, or has one in it. */
function secretKeysOf(document: Document): readonly string[] {
  const config = document.get("config");
  if (!isMap(config)) return [];
  return config.items.flatMap(({ key, value }) =>
    isScalar(key) && holdsSecret(isScalar(value) ? value.value : (value as { toJSON(): unknown } | null)?.toJSON())
      ? [String(key.value)]
      : [],
  );
}

/** The engine writes a secret as a map with the one key `secure`. */
function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const keys = Object.keys(value);
  return (keys.length === 1 && keys[0] === "secure") || Object.values(value).some(holdsSecret);
}
