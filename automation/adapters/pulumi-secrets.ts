/** What stands where a secret was. */
export const secretMask = "[secret]";
/** What stands where a value is known only after the update. */
export const unknownMask = "[unknown]";

/** Key and values by which the engine marks a value as something else than plain data. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
/** The engine writes this text for a string that it does not know yet (and similar ones for other types). */
const unknowns = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** A property map as the engine writes it, with every secret as `[secret]` and every unknown value as `[unknown]`. */
export function maskProperties(
  properties: Readonly<Record<string, unknown>> | null | undefined,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties ?? {}).map(([key, value]) => [key, maskValue(value)]));
}

/** One value, masked at any depth. */
export function maskValue(value: unknown): unknown {
  if (typeof value === "string") return unknowns.has(value) ? unknownMask : value;
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  if (fields[signatureKey] === secretSignature) return secretMask;
  if (fields[signatureKey] === outputSignature)
    return fields["secret"] === true ? secretMask : "value" in fields ? maskValue(fields["value"]) : unknownMask;
  return maskProperties(fields);
}

/** The value itself, secrets in the clear, of what `stack export --show-secrets` writes; for comparisons only. */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  if (fields[signatureKey] === secretSignature && typeof fields["plaintext"] === "string")
    return JSON.parse(fields["plaintext"]) as unknown;
  return Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, plainValue(inner)]));
}

/** True when a secret is anywhere in a value as the engine writes it. */
export const containsSecret = (exported: unknown): boolean => holdsSecret(maskValue(exported));

/** True when a secret is anywhere in a masked value. */
export function holdsSecret(masked: unknown): boolean {
  if (masked === secretMask) return true;
  return typeof masked === "object" && masked !== null && Object.values(masked).some(holdsSecret);
}

/**
 * One message for people, without what the engine lets slip: a violated plan prints the values on both sides, secret or
 * not, and a provider may repeat what it was given. Values can have several lines, so nothing after them is kept.
 *
 * @param known values that must not appear, for example the passphrase
 */
export function scrubText(text: string, known: readonly string[]): string {
  const withoutValues = text.replace(
    /(violates plan: properties changed: )([\s\S]*)/,
    (_match, lead: string, differences: string) => lead + differingKeys(differences).join(", "),
  );
  return known
    .filter((value) => value.length >= 6)
    .reduce((scrubbed, value) => scrubbed.replaceAll(value, secretMask), withoutValues);
}

/** Property names in `+~cidr[{10/8}!={11/8}], =~password[{...}]`. A value that looks like a further name is left out with the rest. */
export function differingKeys(differences: string): readonly string[] {
  return [
    ...new Set([...differences.matchAll(/(?:^|, ?)[-+=~!]{1,3}([A-Za-z_]\w*)\[/g)].flatMap((match) => match[1] ?? [])),
  ];
}
