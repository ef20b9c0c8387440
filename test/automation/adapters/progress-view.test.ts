import { expect } from "chai";
import { ProgressView } from "../../../automation/adapters/progress-view";
import type { EngineProgress } from "../../../automation/ports/engine";

const step = (kind: "started" | "finished" | "failed", name: string): EngineProgress => ({
  kind,
  urn: `urn:${name}`,
  type: "t",
  name,
  op: "create",
});

describe("ProgressView", () => {
  it("has a line with its own time for each resource in flight, the oldest first", () => {
    const view = new ProgressView("Update", 0);
    view.take(step("started", "a"), 1_000);
    view.take(step("started", "b"), 61_000);

    expect(view.lines(75_000, 20)).to.deep.equal([
      "Update 1:15: 2 in flight",
      "  creating a (t) 1:14",
      "  creating b (t) 0:14",
    ]);
  });

  it("never gets longer than the screen", () => {
    const view = new ProgressView("Update", 0);
    for (const name of ["a", "b", "c", "d"]) view.take(step("started", name), 0);

    expect(view.lines(0, 4)).to.deep.equal([
      "Update 0:00: 4 in flight",
      "  creating a (t) 0:00",
      "  creating b (t) 0:00",
      "  and 2 more",
    ]);
  });

  it("keeps a line of what is done and of what has failed, and counts both", () => {
    const view = new ProgressView("Update", 0);
    view.take(step("started", "a"), 0);
    view.take(step("started", "b"), 0);

    const lines = [view.take(step("finished", "a"), 2_000), view.take(step("failed", "b"), 3_000)];

    expect(lines).to.deep.equal(["  created a (t) 0:02", "  failed: b (t) 0:03"]);
    expect(view.totals(4_000)).to.equal("Update 0:04: 1 created, 1 failed");
  });

  it("tells a preview as what would be done, in totals only", () => {
    const view = new ProgressView("Preview", 0, "preview");
    view.take(step("started", "a"), 0);

    const line = view.take(step("finished", "a"), 2_000);

    expect([line, view.lines(2_000, 20)]).to.deep.equal([undefined, ["Preview 0:02: 1 to create"]]);
  });

  it("passes errors and warnings on, and keeps chatter to itself", () => {
    const view = new ProgressView("Update", 0);
    const lines = (["info", "warning", "error"] as const).map((severity) =>
      view.take({ kind: "diagnostic", severity, message: "text" }, 0),
    );
    expect(lines).to.deep.equal([undefined, "  warning: text", "  error: text"]);
  });
});
