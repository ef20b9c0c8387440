import type { Filter, Instance } from "@aws-sdk/client-ec2";
import type { Fleet } from "../model/fleet/fleet";
import { isFleetVersion } from "../model/fleet/fleet";
import type { InstanceView } from "../ports/instances";

/** Where an instance remembers the version of a component; empty while an update is under way. */
export const versionTag = (component: string): string => `slipway:version:${component}`;

/** Configured ids are all asked for, whatever state they are in; of tagged ones those that run or come up. */
export function fleetFilters({ instances }: Fleet): Filter[] {
  if ("ids" in instances) return [{ Name: "instance-id", Values: [...instances.ids] }];
  return [
    ...Object.entries(instances.tags).map(([name, value]) => ({ Name: `tag:${name}`, Values: [value] })),
    { Name: "instance-state-name", Values: ["pending", "running"] },
  ];
}

export function fleetView(
  component: string,
  { InstanceId, State, PrivateIpAddress, Tags = [] }: Instance,
): InstanceView {
  const version = Tags.find(({ Key }) => Key === versionTag(component))?.Value ?? "";
  return {
    id: InstanceId ?? "",
    state: State?.Name ?? "unknown",
    privateAddress: PrivateIpAddress ?? null,
    // What somebody else has written there must not come into a shell.
    version: isFleetVersion(version) ? version : null,
  };
}

/** Configured ids that AWS does not know. */
export function missingViews({ instances }: Fleet, found: readonly InstanceView[]): readonly InstanceView[] {
  if (!("ids" in instances)) return [];
  const known = new Set(found.map(({ id }) => id));
  return instances.ids
    .filter((id) => !known.has(id))
    .map((id) => ({ id, state: "missing", privateAddress: null, version: null }));
}

/** A version goes into a shell of root: nothing else than one may. */
export function withVersion(commands: readonly string[], version: string): readonly string[] {
  if (version !== "" && !isFleetVersion(version)) throw new Error(`not a version: ${version}`);
  return commands.map((command) => command.replaceAll("{version}", version));
}
