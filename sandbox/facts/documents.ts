import { hasUnknown, isRecord } from "./property-value";

/** How two JSON texts of one property are compared. */
export type DocumentKind = "policy" | "containers" | "plain";

/** Properties whose text is a JSON document, by name; in no type in use does one of these names mean anything else. */
export const documentProperties: Readonly<Record<string, DocumentKind>> = {
  policy: "policy",
  assumeRolePolicy: "policy",
  containerDefinitions: "containers",
  dashboardBody: "plain",
  deliveryPolicy: "plain",
  filterPolicy: "plain",
  redrivePolicy: "plain",
  replayPolicy: "plain",
  archivePolicy: "plain",
  eventPattern: "plain",
};

/** A document given as an object becomes text, as the provider makes it. One with unknown parts stays until they are known. */
export function writtenDocuments(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const write = ([name, value]: [string, unknown]): [string, unknown] =>
    name in documentProperties && (isRecord(value) || Array.isArray(value)) && !hasUnknown(value)
      ? [name, JSON.stringify(value)]
      : [name, value];
  return Object.fromEntries(Object.entries(inputs).map(write));
}

/** The meaning of a document, in a form in which equal documents are equal; undefined when the text is no JSON. */
export function meaningOf(kind: DocumentKind, text: string): unknown {
  const parsed = parse(text);
  if (parsed === undefined) return undefined;
  switch (kind) {
    case "policy":
      return policyMeaning(parsed);
    case "containers":
      return Array.isArray(parsed) ? byText(parsed.map(containerMeaning)) : parsed;
    case "plain":
      return sortedKeys(parsed);
  }
}

/** Whether a text is JSON at all. */
export function isJson(text: string): boolean {
  return parse(text) !== undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** In a policy one value equals a list of that one, and the order of lists has no meaning. */
function policyMeaning(value: unknown): unknown {
  if (Array.isArray(value)) return byText(value.map(policyMeaning));
  if (isRecord(value)) {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, isRecord(item) ? policyMeaning(item) : listMeaning(item)] as const,
    );
    return Object.fromEntries(sortByKey(entries));
  }
  return String(value);
}

function listMeaning(value: unknown): unknown {
  return policyMeaning(Array.isArray(value) ? value : [value]);
}

/** ECS fills these in by itself, so giving them or not is the same. */
const containerDefaults: Readonly<Record<string, unknown>> = { cpu: 0, essential: true };

function containerMeaning(container: unknown): unknown {
  if (!isRecord(container)) return container;
  const entries = Object.entries(container)
    .map(([key, value]) => [lowerFirst(key), value] as const)
    .filter(([key, value]) => !isEmpty(value) && containerDefaults[key] !== value)
    .map(([key, value]) => [key, containerField(key, value)] as const);
  return Object.fromEntries(sortByKey(entries));
}

function containerField(key: string, value: unknown): unknown {
  if (!Array.isArray(value)) return sortedKeys(value);
  if (key === "portMappings") return byText(value.map(portMeaning));
  // Commands are ordered; environment, secrets and the like are sets of named things.
  return value.every(isRecord) ? byText(value.map(sortedKeys)) : value;
}

function portMeaning(mapping: unknown): unknown {
  if (!isRecord(mapping)) return mapping;
  const { hostPort, protocol = "tcp", ...rest } = mapping;
  const differs = hostPort !== undefined && hostPort !== 0 && hostPort !== mapping["containerPort"];
  return sortedKeys({ ...rest, protocol, ...(differs ? { hostPort } : {}) });
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (!isRecord(value)) return value;
  return Object.fromEntries(sortByKey(Object.entries(value).map(([key, item]) => [key, sortedKeys(item)] as const)));
}

function sortByKey(entries: readonly (readonly [string, unknown])[]): readonly (readonly [string, unknown])[] {
  return [...entries].sort(([left], [right]) => (left < right ? -1 : 1));
}

function byText(items: readonly unknown[]): readonly unknown[] {
  return [...items].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
