import type { Snapshot } from "../../../sandbox/model/snapshot";

/** What a state of the sandbox says of one service; names are unique among tests. */
export const shopState = (state: Snapshot, name: string) => {
  const service = state.services.find((one) => one.name === name);
  const tasks = state.tasks.filter((task) => task.service === name && task.status !== "STOPPED");
  return {
    service,
    /** Started and not yet on its way out. */
    up: tasks.filter(({ status }) => status === "RUNNING").length,
    versions: [...new Set(tasks.map(({ version }) => version))].sort(),
    /** Targets in rotation, of one version or of all. */
    healthy: (version?: string): number =>
      tasks.filter(
        (task) =>
          (version === undefined || task.version === version) &&
          task.targets.some((target) => target.state === "healthy"),
      ).length,
    isSteady: service?.deployments.length === 1 && service.deployments[0]?.rolloutState === "COMPLETED",
    has: (message: string): boolean => service?.events.some((event) => event.message.includes(message)) ?? false,
  };
};
