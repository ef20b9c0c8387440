/** Pulumi types of what a release may touch. */
export const taskDefinitionType = "aws:ecs/taskDefinition:TaskDefinition";
export const serviceType = "aws:ecs/service:Service";

/**
 * Whether an input of a resource differs in more than another image makes it differ. Of a task definition that is the
 * `image` of its containers and the tag `Version`, of a service its `taskDefinition`.
 */
export function differsBeyondImage(type: string, property: string, before: unknown, after: unknown): boolean {
  const reading = readings[type]?.[property] ?? plain;
  return canonical(reading(before)) !== canonical(reading(after));
}

type Reading = (value: unknown) => unknown;

/** What another image never is, so that two of them are equal. */
const plain: Reading = (value) => withoutDefaults(value);
const nothing: Reading = () => null;
const tags: Reading = (value) => {
  const read = withoutDefaults(value);
  return isRecord(read) ? without(read, ["Version"]) : read;
};

const readings: Readonly<Record<string, Readonly<Record<string, Reading>>>> = {
  [taskDefinitionType]: { containerDefinitions: containers, tags, tagsAll: tags },
  [serviceType]: { taskDefinition: nothing },
};

/** The containers without their images, as ECS understands them. Anything that is no list of containers stands for itself. */
function containers(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const parsed = parse(value);
  if (!Array.isArray(parsed) || !parsed.every(isRecord)) return value;
  return parsed.map(container).sort((a, b) => (canonical(a["name"]) < canonical(b["name"]) ? -1 : 1));
}

/**
 * After a refresh the state has the definition as ECS tells it: with defaults filled in, and lists in another order.
 * Source: `containerDefinitionsAreEquivalent` of the Terraform provider, which takes the same ones for equal.
 */
function container(told: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { environment, secrets, portMappings, ...rest } = without(told, ["image"]);
  const read = {
    cpu: 0,
    essential: true,
    ...rest,
    environment: byName(environment),
    secrets: byName(secrets),
    portMappings: Array.isArray(portMappings) ? portMappings.map(portMapping) : portMappings,
  };
  return Object.fromEntries(
    Object.entries(read).filter(([, value]) => value != null && !(Array.isArray(value) && value.length === 0)),
  );
}

const byName = (list: unknown): unknown =>
  Array.isArray(list) ? [...(list as readonly unknown[])].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1)) : list;

/** In `awsvpc` the host's port is the container's. */
function portMapping(mapping: unknown): unknown {
  if (!isRecord(mapping)) return mapping;
  const { hostPort, ...rest } = mapping;
  const own = hostPort === undefined || hostPort === mapping["containerPort"] ? {} : { hostPort };
  return { protocol: "tcp", ...rest, ...own };
}

/** A provider's check adds what configuration leaves open, and lists it in `__defaults` beside it. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (!isRecord(value)) return value;
  const { __defaults, ...rest } = value;
  const filled = Array.isArray(__defaults) ? __defaults.map(String) : [];
  return Object.fromEntries(
    Object.entries(without(rest, filled))
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, withoutDefaults(inner)]),
  );
}

const without = (record: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Equal values have equal text, in whatever order their keys stand. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
    ) ?? ""
  );
}
