import { expect } from "chai";
import fc from "fast-check";
import { longestTimeoutMs } from "../../../sandbox/clock/real-time";
import { scaledClock } from "../../../sandbox/clock/scaled-clock";
import { HandTime, start } from "./hand-time";

describe("scaledClock", () => {
  let time: HandTime;
  let logged: string[];
  let done: string[];

  beforeEach(() => {
    time = new HandTime();
    logged = [];
    done = [];
  });

  const clockAt = (speed: number): ReturnType<typeof scaledClock> =>
    scaledClock({ speed, log: (text) => logged.push(text.split("\n")[0] ?? ""), time });

  it("begins at real time and runs as many times as fast as it is told", () => {
    const clock = clockAt(20);
    time.pass(3000);

    expect(clock.now()).to.deep.equal(new Date("2026-01-01T00:01:00Z"));
    expect(clock.mapping()).to.deep.equal({
      sandboxAt: "2026-01-01T00:01:00.000Z",
      realAt: "2026-01-01T00:00:03.000Z",
      speed: 20,
    });
  });

  it("does work when it is due, in order, and in the order of asking when it is due at once", () => {
    const clock = clockAt(10);
    for (const [name, ms] of Object.entries({ c: 300, a: 100, b: 100, z: 301 })) {
      clock.after(ms, () => void done.push(`${name} at ${clock.now().getTime() - start}`));
    }
    time.pass(30);

    expect(done).to.deep.equal(["a at 100", "b at 100", "c at 300"]);
  });

  it("wakes for what is due first, also when that was asked for later or when the first one is called off", () => {
    const clock = clockAt(1);
    clock.after(1000, () => void done.push("late"));
    const called = clock.after(400, () => void done.push("never"));
    clock.after(500, () => void done.push("early"));
    called.cancel();
    time.pass(600);

    expect(done).to.deep.equal(["early"]);
  });

  it("keeps what is due in its own time when the speed changes, and stands still at 0", () => {
    const clock = clockAt(1);
    clock.after(10_000, () => void done.push("done"));
    time.pass(4000);
    clock.setSpeed(0);
    time.pass(60_000);
    const stood = clock.now().getTime() - start;
    clock.setSpeed(3);
    time.pass(1999);
    const before = [...done];
    time.pass(1);

    expect([stood, before, done]).to.deep.equal([4000, [], ["done"]]);
  });

  it("repeats work in its rhythm, however late it is woken, and does not make up for missed rounds", () => {
    const clock = clockAt(1);
    clock.every(100, () => void done.push(String(clock.now().getTime() - start)));
    time.pass(200);
    time.sleep(1050);
    time.pass(100);

    expect(done).to.deep.equal(["100", "200", "1250", "1300"]);
  });

  it("does not begin a round while the last one is going", async () => {
    const clock = clockAt(1);
    const ends: (() => void)[] = [];
    clock.every(100, async () => {
      done.push(String(clock.now().getTime() - start));
      await new Promise<void>((resolve) => ends.push(resolve));
    });
    time.pass(350);
    ends[0]?.();
    await time.breath();
    time.pass(100);

    expect(done).to.deep.equal(["100", "400"]);
  });

  it("stops to repeat when it is told to by the work itself", () => {
    const clock = clockAt(1);
    const timer = clock.every(100, () => {
      done.push("round");
      timer.cancel();
    });
    time.pass(1000);

    expect(done).to.deep.equal(["round"]);
  });

  it("does not do what earlier work of the same moment has called off", () => {
    const clock = clockAt(1);
    clock.after(100, () => second.cancel());
    const second = clock.after(100, () => void done.push("second"));
    time.pass(100);

    expect(done).to.deep.equal([]);
  });

  it("logs what work throws or rejects with, and goes on", async () => {
    const clock = clockAt(1);
    clock.after(1, () => {
      throw new Error("thrown");
    });
    clock.after(1, async () => Promise.reject(new Error("rejected")));
    clock.after(1, () => void done.push("done"));
    time.pass(1);
    await time.breath();

    expect([logged, done]).to.deep.equal([
      ["the clock's work failed: Error: thrown", "the clock's work failed: Error: rejected"],
      ["done"],
    ]);
  });

  it("waits longer than a timer of node can", () => {
    const clock = clockAt(1);
    clock.after(3 * longestTimeoutMs, () => void done.push("done"));
    time.pass(3 * longestTimeoutMs - 1);
    const before = [...done];
    time.pass(1);

    expect([before, done, Math.max(...time.asked)]).to.deep.equal([[], ["done"], longestTimeoutMs]);
  });

  it("steps through all that falls due, at its own time, with what that sets off and what waits for it", async () => {
    const clock = clockAt(0);
    const sleep = async (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));
    const say = (what: string): void => void done.push(`${what} ${clock.now().getTime() - start}`);
    clock.every(400, () => say("round"));
    const waiting = (async (): Promise<void> => {
      await sleep(300);
      say("slept");
      await sleep(300);
      say("slept again");
    })();
    await clock.step(1000);
    await waiting;

    expect(done).to.deep.equal(["slept 300", "round 400", "slept again 600", "round 800"]);
    expect(clock.now().getTime() - start).to.equal(1000);
  });

  it("makes steps one after another, and lets time stand still in between", async () => {
    const clock = clockAt(1);
    clock.after(50, () => void done.push(clock.mapping().speed === 0 ? "still" : "moving"));
    await Promise.all([clock.step(100), clock.step(100)]);
    const stepped = clock.now().getTime() - start;
    time.pass(10);

    expect([done, stepped, clock.now().getTime() - start]).to.deep.equal([["still"], 200, 210]);
  });

  it("refuses speeds and times that are none", () => {
    const clock = clockAt(1);
    for (const attempt of [
      () => clock.setSpeed(-1),
      () => clock.setSpeed(NaN),
      () => void clock.step(-1),
      () => clock.after(NaN, () => undefined),
      () => clock.every(Infinity, () => undefined),
    ]) {
      expect(attempt).to.throw(RangeError);
    }
  });

  it("does everything exactly once and never early, whatever the speeds", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(5000), { maxLength: 20 }),
        fc.array(fc.record({ speed: fc.nat(50), realMs: fc.nat(100) }), { maxLength: 20 }),
        (delays, phases) => {
          time = new HandTime();
          const clock = clockAt(1);
          const doneAt = new Map<number, number>();
          delays.forEach((ms, index) => {
            clock.after(ms, () => {
              expect(doneAt.has(index)).to.equal(false);
              doneAt.set(index, clock.now().getTime() - start);
            });
          });
          for (const { speed, realMs } of phases) {
            clock.setSpeed(speed);
            time.pass(realMs);
          }
          const passed = clock.now().getTime() - start;
          delays.forEach((ms, index) => {
            const at = doneAt.get(index);
            // Timers have whole milliseconds, of which each is `speed` of the sandbox's.
            if (at === undefined) expect(ms).to.be.greaterThan(passed - 51);
            else expect(at).to.be.within(ms, ms + 51);
          });
        },
      ),
    );
  });
});
