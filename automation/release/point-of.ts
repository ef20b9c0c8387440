import type { Context } from "../context";
import { versionOfImage } from "../model/release/image-reference";
import type { PointService, RollbackPoint } from "../model/release/rollback-point";
import type { StackFacts } from "./stack-facts";

export type PointContext = Pick<Context, "stack" | "config" | "containers" | "machine">;

/**
 * The state of the environment as it is now, as a point to go back to. Every service of the stack is in it, also those
 * that this release has not touched.
 */
export async function pointOf(
  { stack, config, containers, machine }: PointContext,
  { cluster, releases, serviceNames }: StackFacts,
  head: Pick<RollbackPoint, "id" | "release" | "released">,
): Promise<RollbackPoint> {
  const live = Object.entries(releases).flatMap(([service, { live: slot, slots }]) => {
    const [serviceName, content] = [serviceNames[service]?.[slot], slots[slot]];
    return serviceName === undefined || content === undefined ? [] : [{ service, slot, serviceName, content }];
  });
  const views = await containers.describe(
    cluster,
    live.map(({ serviceName }) => serviceName),
  );
  const services = live.flatMap(({ service, slot, serviceName, content }): [string, PointService][] => {
    const view = views.find((found) => found.serviceName === serviceName);
    if (view === undefined) return [];
    const { images, version = versionOfImage(Object.values(images)[0] ?? "") } = content;
    return [[service, { version, images, taskDefinition: view.taskDefinition, desired: view.desired, slot }]];
  });
  return {
    schema: 1,
    ...head,
    at: machine.now().toISOString(),
    environment: config.environment,
    stack,
    services: Object.fromEntries(services),
  };
}
