/** Stands for a value that is not known before apply. */
export const unknown = Symbol("unknown");

/** A property value without the wire's wrappers, and where in it secrets were. */
export interface Decoded {
  readonly value: unknown;
  /** Paths such as `password` or `parameters[0].value`. */
  readonly secrets: ReadonlySet<string>;
}

// The engine marks special values in an ordinary struct by this key; the figures are part of its protocol.
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Takes secret, output and resource wrappers off; nulls are dropped as the provider drops them. Plain values stay as they are. */
export function decode(wire: unknown): Decoded {
  const secrets = new Set<string>();
  const value = strip(wire, "", secrets);
  return { value, secrets };
}

/** The wire form: unknown values as the engine's sentinel, values at `secrets` (or their nearest parent) as secrets. */
export function encode(value: unknown, secrets: ReadonlySet<string>): unknown {
  const wrapped = new Set<string>();
  const wire = dress(value, "", secrets, wrapped);
  const lost = [...secrets].filter((path) => ![...wrapped].some((outer) => isWithin(path, outer)));
  if (lost.length === 0 || !isRecord(value)) return wire;
  // A secret whose place is gone (text made of a document, a list that shrank): its whole property is kept secret.
  const heads = new Set(lost.map((path) => /^[^.[]+/.exec(path)?.[0] ?? path));
  return dress(value, "", new Set([...secrets, ...heads]), new Set());
}

/** Whether `path` names a secret, lies in one or holds one. */
export function touchesSecret(path: string, secrets: ReadonlySet<string>): boolean {
  return [...secrets].some((secret) => isWithin(path, secret) || isWithin(secret, path));
}

/** Whether anything in the value is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === unknown) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isRecord(value) && Object.values(value).some(hasUnknown);
}

/** A plain object: neither null, nor list, nor text. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function strip(wire: unknown, path: string, secrets: Set<string>): unknown {
  if (wire === unknownText) return unknown;
  if (Array.isArray(wire)) return wire.map((item, index) => strip(item, `${path}[${index}]`, secrets));
  if (!isRecord(wire)) return wire;
  switch (wire[signatureKey]) {
    case secretSignature:
      secrets.add(path);
      return strip(wire["value"], path, secrets);
    case outputSignature:
      if (wire["secret"] === true) secrets.add(path);
      return "value" in wire ? strip(wire["value"], path, secrets) : unknown;
    case resourceSignature:
      return "id" in wire ? strip(wire["id"], path, secrets) : wire["urn"];
  }
  const entries = Object.entries(wire)
    .filter(([, item]) => item !== null && item !== undefined)
    .map(([key, item]) => [key, strip(item, join(path, key), secrets)] as const);
  return Object.fromEntries(entries);
}

function dress(value: unknown, path: string, secrets: ReadonlySet<string>, wrapped: Set<string>): unknown {
  const inner = dressInner(value, path, secrets, wrapped);
  if (!secrets.has(path)) return inner;
  wrapped.add(path);
  return { [signatureKey]: secretSignature, value: inner };
}

function dressInner(value: unknown, path: string, secrets: ReadonlySet<string>, wrapped: Set<string>): unknown {
  if (value === unknown) return unknownText;
  if (Array.isArray(value)) return value.map((item, index) => dress(item, `${path}[${index}]`, secrets, wrapped));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => [key, dress(item, join(path, key), secrets, wrapped)] as const);
  return Object.fromEntries(entries);
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}
