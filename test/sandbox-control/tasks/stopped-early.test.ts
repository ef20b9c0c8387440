import { expect } from "chai";
import type { SandboxClock } from "../../../sandbox/model/clock";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";
import { goodAnswers, serviceOrder, TaskCloud } from "./task-cloud";

describe("a task that is stopped before it runs", () => {
  let cloud: TaskCloud;
  afterEach(() => cloud.running.close());

  it("starts no program when it is stopped in the very moment in which that would start", async () => {
    const clock = new FakeSandboxClock();
    let atStart: () => void = () => undefined;
    const lateStop: Pick<SandboxClock, "after"> = {
      after: (ms, work) =>
        clock.after(ms, () => {
          const going = work();
          if (clock.now().getTime() === Date.parse("2026-01-01T00:00:23.700Z")) atStart();
          return going;
        }),
    };
    cloud = new TaskCloud(goodAnswers(), {
      clock: { now: () => clock.now(), every: (ms, work) => clock.every(ms, work), ...lateStop },
    });
    const { id } = cloud.running.tasks.start(serviceOrder);
    atStart = () => cloud.running.tasks.stop(id, { code: "UserInitiated", text: "enough" });
    await clock.advance(60_000);

    const { lastStatus, ip = "" } = cloud.task(id);
    const { host, port } = cloud.running.place(ip, 38080);
    const heard = await fetch(`http://${host}:${port}/`).then(
      ({ status }) => status,
      () => "nobody is there",
    );
    expect([lastStatus, heard]).to.deep.equal(["STOPPED", "nobody is there"]);
  });
});
