import type { ContainerConfig, SecretReference } from "../config/schema";
import type { Images } from "../releases";

/** What the containers of one slot are made of besides their configuration. All values are known when this runs. */
export interface TaskParts {
  readonly containers: Readonly<Record<string, ContainerConfig>>;
  readonly images: Images;
  readonly region: string;
  readonly accountId: string;
  /** ARN by the name that configuration uses: `database`, or a key of `slipway:secrets`. */
  readonly secretArns: Readonly<Record<string, string>>;
  /** Log group by container. */
  readonly logGroups: Readonly<Record<string, string>>;
  /** First part of the log streams' names; tells the slots apart in a group that they share. */
  readonly logPrefix: string;
}

/** A container as the ECS API takes it (RegisterTaskDefinition, ContainerDefinition). */
export interface ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  readonly command?: readonly string[];
  readonly cpu?: number;
  readonly memory?: number;
  readonly portMappings: readonly { readonly containerPort: number; readonly protocol: "tcp" }[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly logConfiguration: { readonly logDriver: "awslogs"; readonly options: Readonly<Record<string, string>> };
}

/**
 * The containers of a task. Lists are sorted by name, so that another order in the configuration is not another task.
 *
 * @throws Error when a secret is referenced that does not exist
 */
export function containerDefinitions(parts: TaskParts): readonly ContainerDefinition[] {
  return sorted(parts.containers).map(([name, container]) => ({
    name,
    image: parts.images[name] ?? `${container.image.repository}:${container.image.tag}`,
    essential: container.essential,
    ...(container.command === undefined ? {} : { command: container.command }),
    ...(container.cpu === undefined ? {} : { cpu: container.cpu }),
    ...(container.memory === undefined ? {} : { memory: container.memory }),
    portMappings: container.port === undefined ? [] : [{ containerPort: container.port, protocol: "tcp" }],
    environment: sorted(container.environment).map(([key, value]) => ({ name: key, value })),
    secrets: sorted(container.secrets).map(([key, reference]) => ({
      name: key,
      valueFrom: valueFrom(reference, parts),
    })),
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": parts.logGroups[name] ?? "",
        "awslogs-region": parts.region,
        "awslogs-stream-prefix": parts.logPrefix,
      },
    },
  }));
}

type Place = Pick<TaskParts, "region" | "accountId" | "secretArns">;

/** ARN of the secret or parameter behind a reference: what the execution role must be allowed to read. */
export function referencedArn(reference: SecretReference, place: Place): string {
  if ("parameter" in reference) {
    if (reference.parameter.startsWith("arn:")) return reference.parameter;
    return `arn:aws:ssm:${place.region}:${place.accountId}:parameter/${reference.parameter.replace(/^\//, "")}`;
  }
  if (reference.secret.startsWith("arn:")) return reference.secret;
  const arn = place.secretArns[reference.secret];
  if (arn === undefined) throw new Error(`There is no secret "${reference.secret}".`);
  return arn;
}

/** Versions that a set of images carries: the tag or digest of each, once, as the value of a tag. */
export function versionOf(images: Images): string {
  const versions = sorted(images).map(([, image]) => /(?:@|:)([^/@]+)$/.exec(image)?.[1] ?? "latest");
  // AWS allows 256 characters in a tag's value.
  return [...new Set(versions)].join(" ").slice(0, 256);
}

/** The two empty places of `arn:json-key:version-stage:version-id` mean the current version. */
function valueFrom(reference: SecretReference, place: Place): string {
  const arn = referencedArn(reference, place);
  return "key" in reference && reference.key !== undefined ? `${arn}:${reference.key}::` : arn;
}

/** By code unit, which is the same on every machine. */
function sorted<T>(values: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));
}
