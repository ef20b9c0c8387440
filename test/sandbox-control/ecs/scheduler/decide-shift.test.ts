import { expect } from "chai";
import { decideShift } from "../../../../sandbox/ecs/scheduler/decide-shift";
import { aTaskFact } from "./a-task-fact";

describe("the tasks of a deployment that shifts traffic", () => {
  it("stay as they are, sick ones too, once it stands still for good", () => {
    const tasks = [
      aTaskFact("a", "green"),
      aTaskFact("b", "green", { isHealthy: false, sickness: { kind: "container" } }),
      aTaskFact("c", "blue"),
      aTaskFact("d", "other"),
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
