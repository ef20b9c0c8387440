import type { TaskFact } from "../../../../sandbox/ecs/scheduler/task-facts";

/** A task that runs and is healthy, but for what the test says. */
export const aTaskFact = (id: string, deploymentId: string, change: Partial<TaskFact> = {}): TaskFact => ({
  id,
  deploymentId,
  zone: "a",
  createdAt: new Date(0),
  phase: "running",
  status: "RUNNING",
  isUnnoticed: false,
  isProtected: false,
  isHealthy: true,
  sickness: undefined,
  hasRun: true,
  stopCode: undefined,
  stoppedReason: undefined,
  ...change,
});
