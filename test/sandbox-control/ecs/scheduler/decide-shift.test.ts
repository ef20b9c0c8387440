import { expect } from "chai";
import { decideShift } from "../../../../sandbox/ecs/scheduler/decide-shift";
import type { TaskFact } from "../../../../sandbox/ecs/scheduler/task-facts";

const task = (id: string, deploymentId: string, change: Partial<TaskFact> = {}): TaskFact => ({
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

describe("the tasks of a deployment that shifts traffic", () => {
  it("stay as they are, sick ones too, once it stands still for good", () => {
    const tasks = [
      task("a", "green"),
      task("b", "green", { isHealthy: false, sickness: { kind: "container" } }),
      task("c", "blue"),
      task("d", "other"),
    ];
    const decision = decideShift({
      desired: 3,
      greenId: "green",
      blueId: "blue",
      mayStart: true,
      wanted: { green: "as-is", blue: "wanted", others: "none" },
      tasks,
    });
    expect([decision.starts, decision.stops.map((stop) => stop.task.id)]).to.deep.equal([
      [{ deploymentId: "blue", count: 2, replaced: 0 }],
      ["d"],
    ]);
  });
});
