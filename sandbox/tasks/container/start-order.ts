import type { Health } from "../../model/tasks";
import type { ContainerDefinition } from "../definition";

/** What is known of a container that others may wait for. */
export interface Progress {
  readonly hasStarted: boolean;
  readonly hasStopped: boolean;
  readonly exitCode: number | undefined;
  readonly health: Health;
  /** Its `startTimeout` is over. */
  readonly isLate: boolean;
}

type Condition = ContainerDefinition["dependsOn"][number]["condition"];

/** Whether a container may start now. */
export type Readiness =
  { readonly kind: "ready" } | { readonly kind: "waits" } | { readonly kind: "never"; readonly why: string };

/** See ContainerDependency in the API reference. */
const isMet: Readonly<Record<Condition, (progress: Progress) => boolean>> = {
  START: ({ hasStarted }) => hasStarted,
  COMPLETE: ({ hasStopped }) => hasStopped,
  SUCCESS: ({ hasStopped, exitCode }) => hasStopped && exitCode === 0,
  HEALTHY: ({ health, hasStopped }) => health === "HEALTHY" && !hasStopped,
};

/** The words are the agent's; the task then stops. */
export function readiness(container: ContainerDefinition, progress: ReadonlyMap<string, Progress>): Readiness {
  for (const { containerName, condition } of container.dependsOn) {
    const pair = `container ordering dependency [${containerName}] for target [${container.name}]`;
    const dependency = progress.get(containerName);
    if (!dependency) return unmet(`dependency graph: ${pair} does not exist.`);
    if (isMet[condition](dependency)) continue;
    if (condition !== "COMPLETE" && dependency.hasStopped) {
      return unmet(`dependency graph: failed to resolve ${pair} as dependency did not exit successfully.`);
    }
    if (dependency.isLate) return unmet(`dependency graph: ${pair} has timed out.`);
    return { kind: "waits" };
  }
  return { kind: "ready" };
}

/** Running containers that may get SIGTERM now: nobody who still runs depends on them. */
export function stoppable(containers: readonly ContainerDefinition[], running: ReadonlySet<string>): readonly string[] {
  const needed = new Set(
    containers
      .filter(({ name }) => running.has(name))
      .flatMap(({ dependsOn }) => dependsOn.map(({ containerName }) => containerName)),
  );
  const free = [...running].filter((name) => !needed.has(name));
  // A circle cannot be registered with AWS; should there be one all the same, nothing waits for ever.
  return free.length === 0 ? [...running] : free;
}

/** True when another container waits for this one's end: it runs a command and ends. */
export function isAwaited(name: string, containers: readonly ContainerDefinition[]): boolean {
  return containers.some(({ dependsOn }) =>
    dependsOn.some(({ containerName, condition }) => containerName === name && /^(COMPLETE|SUCCESS)$/.test(condition)),
  );
}

const unmet = (why: string): Readiness => ({ kind: "never", why });
