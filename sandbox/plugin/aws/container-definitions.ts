import { isRecord } from "./is-same";

/** What ECS writes into a container that does not say it itself. */
const containerDefaults: Readonly<Record<string, unknown>> = { essential: true, cpu: 0 };

/** What ECS writes into a port mapping. `hostPort` is the container's port, as on Fargate there is no other. */
const protocolDefault = "tcp";

/** Secrets and variables have no order, and neither have containers: ECS sorts them as it likes. */
const unorderedFields: ReadonlySet<string> = new Set([
  "environment",
  "secrets",
  "portMappings",
  "mountPoints",
  "ulimits",
]);

/**
 * One way of writing container definitions: two texts that ECS takes for the same come out equal. Defaults that ECS
 * fills in are left out, and so are empty lists.
 */
export function canonicalContainers(text: string): string {
  const containers: unknown = JSON.parse(text);
  if (!Array.isArray(containers)) return text;
  return JSON.stringify(containers.map(canonicalContainer).sort(byText));
}

/** Whether two definitions make the same containers. */
export function isSameContainers(left: string, right: string): boolean {
  return left === right || canonicalContainers(left) === canonicalContainers(right);
}

function canonicalContainer(container: unknown): unknown {
  if (!isRecord(container)) return container;
  const entries = Object.entries(container)
    .map(([key, value]): readonly [string, unknown] => [lowerFirst(key), value])
    .filter(([key, value]) => !isEmpty(value) && containerDefaults[key] !== value)
    .map(([key, value]) => [key, canonicalField(key, value)] as const);
  return sorted(Object.fromEntries(entries));
}

function canonicalField(key: string, value: unknown): unknown {
  const canonical = key === "portMappings" && Array.isArray(value) ? value.map(canonicalPort) : ordered(value);
  return unorderedFields.has(key) && Array.isArray(canonical) ? canonical.map(ordered).sort(byText) : canonical;
}

function canonicalPort(mapping: unknown): unknown {
  if (!isRecord(mapping)) return mapping;
  const { hostPort, protocol = protocolDefault, ...rest } = mapping;
  const ownHostPort = hostPort === undefined || hostPort === 0 || hostPort === rest.containerPort ? {} : { hostPort };
  return { ...rest, ...ownHostPort, protocol };
}

/** The same value with the fields of all objects in one order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  return isRecord(value) ? sorted(value) : value;
}

function sorted(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(record).map(([key, value]) => [key, ordered(value)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

const lowerFirst = (key: string): string => key.charAt(0).toLowerCase() + key.slice(1);

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}
