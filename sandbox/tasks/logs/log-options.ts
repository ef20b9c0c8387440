import type { ContainerDefinition } from "../definition";

/** Where a container's log goes. */
export interface LogPlace {
  readonly group: string;
  readonly stream: string;
  readonly region: string;
  /** `awslogs-create-group`. */
  readonly createsGroup: boolean;
}

/**
 * Place of the log by the awslogs driver's options; undefined for a container with another driver or none.
 * The stream is `<prefix>/<container>/<task id>`; without a prefix it has the container's runtime id.
 */
export function logPlace(
  { name, logConfiguration }: Pick<ContainerDefinition, "name" | "logConfiguration">,
  task: { readonly id: string; readonly region: string; readonly runtimeId: string },
): LogPlace | undefined {
  if (logConfiguration?.logDriver !== "awslogs") return undefined;
  const option = (key: string): string | undefined => logConfiguration.options[`awslogs-${key}`] || undefined;
  const prefix = option("stream-prefix");
  return {
    group: option("group") ?? "",
    stream: prefix === undefined ? task.runtimeId : `${prefix}/${name}/${task.id}`,
    region: option("region") ?? task.region,
    createsGroup: option("create-group") === "true",
  };
}

/** What is wrong with the place of a log: text of the agent. */
export const noLogGroup =
  "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: " +
  "failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1";
