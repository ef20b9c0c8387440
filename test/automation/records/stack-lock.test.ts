import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import type { Lease } from "../../../automation/model/lease";
import type { HeldLock } from "../../../automation/ports/lock";
import { stackLock } from "../../../automation/records/stack-lock";
import { FakeClock } from "../../_fakes/fake-clock";
import { FakeMachine } from "../../_fakes/fake-machine";
import { FakePulse } from "../../_fakes/fake-pulse";
import { FakeStore } from "../../_fakes/fake-store";

const key = "locks/shop/staging.json";
const boom = new SlipwayError({ code: "records-unreachable", exitCode: 1, message: "gone", remedy: "" });

/** Two runs on one machine and one on another, around one store and one clock. */
function world() {
  const store = new FakeStore();
  const clock = new FakeClock();
  const alive = new Set([1, 2]);
  const said: string[] = [];
  const run = (host: string, pid: number) => {
    const pulse = new FakePulse();
    const machine = new FakeMachine(host, { pid }, alive);
    const lock = stackLock({ project: "shop", stack: "staging", store, clock, pulse, machine });
    const acquire = (waitMs = 0): Promise<HeldLock> =>
      lock.acquire({ command: "up", waitMs, say: (text) => said.push(text) });
    return { lock, pulse, acquire };
  };
  const lease = (): Lease => JSON.parse(store.values.get(key)?.value ?? "{}") as Lease;
  return { store, clock, alive, said, lease, first: run("desk", 1), second: run("desk", 2), far: run("build", 1) };
}

const failureOf = async (work: Promise<unknown>): Promise<SlipwayError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof SlipwayError) return error;
  throw new Error(`No SlipwayError: ${String(error)}`);
};
const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

describe("stackLock", () => {
  it("is held by one, and names it to the other with what to do", async () => {
    const { first, second, clock } = world();
    await first.acquire();
    await clock.sleep(5_000);

    const error = await failureOf(second.acquire());

    expect([error.code, error.exitCode, error.message]).to.deep.equal([
      "stack-locked",
      4,
      "staging is locked by kim@desk (process 1) since 1970-01-01T00:00:00.000Z: `slipway up staging`, last sign of life 5 s ago.",
    ]);
    expect(error.remedy).to.contain("--wait-for-lock").and.to.contain("slipway unlock staging");
    expect(error.data["lock"]).to.include({ pid: 1, host: "desk", command: "up" });
  });

  it("is free again when it is released, and its number has grown", async () => {
    const { first, second, lease } = world();
    const held = await first.acquire();
    await held.release();
    expect([held.fence, lease(), first.pulse.running]).to.deep.equal([1, { fence: 1 }, 0]);
    expect((await second.acquire()).fence).to.equal(2);
  });

  it("goes to one of two that ask at the same moment", async () => {
    const { first, second } = world();
    const results = await Promise.allSettled([first.acquire(), second.acquire()]);
    expect(results.map(({ status }) => status).sort()).to.deep.equal(["fulfilled", "rejected"]);
  });

  it("is waited for as long as is said, and then named all the same", async () => {
    const { first, second, clock, said } = world();
    await first.acquire();

    const error = await failureOf(second.acquire(60_000));

    expect(error.message).to.match(/Waited 1 min for it\.$/);
    expect([said, clock.now().getTime()]).to.deep.equal([
      ["Waiting for the lock of kim@desk (process 1): up."],
      60_000,
    ]);
  });

  it("is taken at once from a process of this machine that is gone", async () => {
    const { first, second, alive, said, clock } = world();
    await first.acquire();
    alive.delete(1);

    const held = await second.acquire();

    expect([held.fence, held.tookOverFrom?.owner.pid, held.lastDead?.owner.pid]).to.deep.equal([2, 1, 1]);
    expect(said).to.deep.equal(["The lock of kim@desk (process 1), which is dead, is taken over."]);
    expect(clock.now().getTime()).to.equal(0);
  });

  it("remembers the dead one for whoever comes next", async () => {
    const { first, second, far, alive } = world();
    await first.acquire();
    alive.delete(1);
    await (await second.acquire()).release();
    const { tookOverFrom, lastDead } = await far.acquire();
    expect([tookOverFrom, lastDead?.owner.pid]).to.deep.equal([undefined, 1]);
  });

  it("is taken from another machine when it has expired and was watched in vain", async () => {
    const { first, far, clock, said } = world();
    await first.acquire();
    await clock.sleep(120_001);

    const held = await far.acquire();

    expect([held.fence, clock.now().getTime()]).to.deep.equal([2, 155_001]);
    expect(said).to.deep.equal([
      "The lock of kim@desk (process 1) has expired. Watching for 35 s whether it is dead.",
      "The lock of kim@desk (process 1), which is dead, is taken over.",
    ]);
    expect(held.lastDead, "only a process table proves that its engine is gone too").to.equal(undefined);
  });

  it("is not taken from another machine that is not dead, whose clock is only wrong", async () => {
    const { first, far, clock } = world();
    await first.acquire();
    await clock.sleep(500_000);
    const taking = failureOf(far.acquire());
    first.pulse.beat();
    expect((await taking).code).to.equal("stack-locked");
  });

  it("gives signs of life, so that it is held for as long as it takes", async () => {
    const { first, far, clock } = world();
    const held = await first.acquire();
    for (let beat = 0; beat < 20; beat += 1) {
      await clock.sleep(15_000);
      first.pulse.beat();
      await settled();
    }
    expect((await failureOf(far.acquire())).code).to.equal("stack-locked");
    await held.assertHeld();
  });

  it("tells its holder at the next sign of life when somebody has opened it", async () => {
    const { first, far, lease } = world();
    const held = await first.acquire();
    const view = await far.lock.look();
    expect(view && (await far.lock.free(view))).to.equal(true);

    first.pulse.beat();
    await settled();

    expect([held.lost.aborted, (held.lost.reason as SlipwayError).code]).to.deep.equal([true, "lock-lost"]);
    expect((await failureOf(held.assertHeld())).message).to.contain("it was opened by somebody");
    await held.release();
    expect(lease()).to.deep.equal({ fence: 1 });
  });

  it("leaves the lock of the one who has taken it alone", async () => {
    const { first, far, clock, lease } = world();
    const held = await first.acquire();
    await clock.sleep(200_000);
    await far.acquire();

    const error = await failureOf(held.assertHeld());
    await held.release();

    expect([error.exitCode, lease().fence, lease().holding?.owner.host]).to.deep.equal([4, 2, "build"]);
    expect(error.message).to.contain("kim@build has taken it");
  });

  it("bears a store that is away for a while, and is lost when that takes longer than the lease", async () => {
    const { first, store, clock } = world();
    const held = await first.acquire();
    store.failure = boom;
    await clock.sleep(45_000);
    await held.assertHeld();
    await clock.sleep(15_000);
    expect((await failureOf(held.assertHeld())).message).to.contain("no sign of life could be given (gone)");
  });

  it("knows its own write again whose answer was lost", async () => {
    const { first, store, clock } = world();
    const held = await first.acquire();
    const put = store.put.bind(store);
    store.put = async (...args) => {
      store.put = put;
      await put(...args);
      return { kind: "conflict" };
    };
    await clock.sleep(1_000);
    await held.assertHeld();
    await held.assertHeld();
    expect(held.lost.aborted).to.equal(false);
  });

  it("can be asked who has it, and what is known about that", async () => {
    const { first, second, far, alive, clock } = world();
    expect(await second.lock.look()).to.equal(undefined);
    await first.acquire();
    const stands = async (thorough = false) => (await far.lock.look({ thorough }))?.standing;
    expect([(await second.lock.look())?.standing, await stands()]).to.deep.equal(["held", "held"]);
    await clock.sleep(130_000);
    alive.delete(1);
    expect([(await second.lock.look())?.standing, await stands(), await stands(true)]).to.deep.equal([
      "dead",
      "suspect",
      "expired",
    ]);
  });

  it("is not freed from somebody else than was looked at", async () => {
    const { first, second, far } = world();
    const held = await first.acquire();
    const view = await far.lock.look();
    await held.release();
    await second.acquire();
    expect(view && (await far.lock.free(view))).to.equal(false);
    expect((await far.lock.look())?.owner.pid).to.equal(2);
  });

  it("is nobody's to break when its record cannot be read, except by clearing it", async () => {
    const { first, store, lease, clock } = world();
    store.values.set(key, { value: "held by kim", version: "x" });
    await clock.sleep(1_000_000);
    const error = await failureOf(first.acquire());
    expect([error.code, error.exitCode]).to.deep.equal(["lock-unreadable", 4]);
    expect(error.remedy).to.contain("--force --reason");

    expect([await first.lock.clear(), await first.lock.clear()]).to.deep.equal([true, false]);
    expect(lease()).to.deep.equal({ fence: 1_000_000 });
    expect((await first.acquire()).fence).to.equal(1_000_001);
  });
});
