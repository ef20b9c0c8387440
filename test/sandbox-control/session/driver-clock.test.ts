import { expect } from "chai";
import { driverClock } from "../../../sandbox/session/driver-clock";

/** A sandbox whose real time passes only by waiting; `during` may interfere after each wait. */
function world(speed: number, during: (world: { speed: number; sandbox: number }) => void = () => undefined) {
  const state = { speed, sandbox: Date.parse("2026-01-01T00:00:00Z"), real: 0, waits: [] as number[] };
  return {
    state,
    ports: {
      time: async () => ({ now: new Date(state.sandbox).toISOString(), speed: state.speed }),
      realNow: () => state.real,
      wait: async (ms: number) => {
        state.waits.push(ms);
        state.real += ms;
        state.sandbox += ms * state.speed;
        during(state);
      },
    },
  };
}

describe("the driver's clock in a sandbox", () => {
  it("tells the sandbox's time, between two looks as well", async () => {
    const { state, ports } = world(20);
    const clock = await driverClock(ports);

    state.real = 1_500;

    expect(clock.now().toISOString()).to.equal("2026-01-01T00:00:30.000Z");
  });

  it("sleeps the twentieth of a time that passes twenty times as fast", async () => {
    const { state, ports } = world(20);
    const clock = await driverClock(ports);

    await clock.sleep(20_000);

    expect(state.real).to.equal(1_000);
    expect(clock.now().toISOString()).to.equal("2026-01-01T00:00:20.000Z");
  });

  it("wakes up early when somebody makes the clock faster meanwhile", async () => {
    const { state, ports } = world(1, (one) => (one.speed = 100));
    const clock = await driverClock(ports);

    await clock.sleep(60_000);

    expect(state.waits).to.deep.equal([2_000, 580]);
  });

  it("waits for a step while the clock stands still", async () => {
    let looks = 0;
    const { state, ports } = world(0, (one) => {
      looks += 1;
      if (looks === 3) one.sandbox += 60_000;
    });
    const clock = await driverClock(ports);

    await clock.sleep(60_000);

    expect(state.waits).to.deep.equal([200, 200, 200]);
  });

  it("does not wait for no time at all", async () => {
    const { state, ports } = world(20);

    await (await driverClock(ports)).sleep(0);

    expect(state.waits).to.deep.equal([]);
  });
});
