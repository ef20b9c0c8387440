import * as pulumi from "@pulumi/pulumi";

/** Properties of a resource: plain JSON values. */
export type Properties = Readonly<Record<string, unknown>>;

/** One registration, as the engine would have seen it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  /** False for components, which exist only in the state. */
  readonly custom: boolean;
  /** Secrets are unwrapped; `secrets` says which they were. */
  readonly inputs: Properties;
  /** Names of the top-level inputs that hold a secret. */
  readonly secrets: readonly string[];
  /** Logical name of the parent; undefined at the top. */
  readonly parent: string | undefined;
  /** Logical name of the explicit or inherited provider; undefined for the default one. */
  readonly provider: string | undefined;
  readonly options: RecordedOptions;
}

/** Only what was asked for: an option that is not set is absent. */
export interface RecordedOptions {
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
}

/** Adds every later registration to the list: the request says what mocks are not told (parent, provider, options). */
export function recordRegistrations(recorded: Recorded[]): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as { registerResource: Register };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    const inputs = pulumi.runtime.deserializeProperties(request.getObject()) as Properties;
    const resource: Recorded = {
      type: request.getType(),
      name: request.getName(),
      custom: request.getCustom(),
      inputs: unwrapped(inputs),
      secrets: Object.keys(inputs).filter((key) => isSecret(inputs[key])),
      parent: nameOf(request.getParent()),
      provider: nameOf(request.getProvider()),
      options: optionsOf(request),
    };
    recorded.push(resource);
    dependencies.set(
      resource,
      request.getDependenciesList().flatMap((urn) => nameOf(urn) ?? []),
    );
    return register(request, callback);
  };
}

const dependencies = new WeakMap<Recorded, readonly string[]>();

/** Logical names of what a resource waits for, by its inputs or by `dependsOn`; beside the record, as it is long. */
export const dependenciesOf = (resource: Recorded): readonly string[] => dependencies.get(resource) ?? [];

/** Plain values of inputs of which some are marked as secret. */
export const unwrapped = (inputs: Properties): Properties =>
  Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, isSecret(value) ? value.value : value]));

/** A value that the engine hands on as a secret. */
export const asSecret = (value: unknown): Properties => ({ [signature]: secretSignature, value });

/** The part of the engine's RegisterResourceRequest that is recorded. */
interface Request {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getParent(): string;
  getProvider(): string;
  getObject(): Parameters<typeof pulumi.runtime.deserializeProperties>[0];
  getDependenciesList(): string[];
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getDeletebeforereplace(): boolean;
  getIgnorechangesList(): string[];
  getReplaceonchangesList(): string[];
}

type Register = (request: Request, callback: unknown) => Promise<void>;

function optionsOf(request: Request): RecordedOptions {
  const ignoreChanges = request.getIgnorechangesList();
  const replaceOnChanges = request.getReplaceonchangesList();
  return {
    ...(request.getProtect() ? { protect: true } : {}),
    ...(request.getRetainondelete() ? { retainOnDelete: true } : {}),
    ...(request.getDeletebeforereplace() ? { deleteBeforeReplace: true } : {}),
    ...(ignoreChanges.length > 0 ? { ignoreChanges } : {}),
    ...(replaceOnChanges.length > 0 ? { replaceOnChanges } : {}),
  };
}

/** The fourth part of a URN; a provider reference has an id after it. */
const nameOf = (reference: string): string | undefined => reference.split("::")[3];

// How the engine's protocol marks a secret (sdk/nodejs/runtime/rpc.ts).
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

const isSecret = (value: unknown): value is { readonly value: unknown } =>
  typeof value === "object" && value !== null && (value as Properties)[signature] === secretSignature;
