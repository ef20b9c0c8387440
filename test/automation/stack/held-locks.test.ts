import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import type { LeaseHolding } from "../../../automation/model/lease";
import type { CommandRun } from "../../../automation/ports/history";
import { changing } from "../../../automation/stack/changing";
import { withLock } from "../../../automation/stack/with-lock";
import { fakeContext } from "../../_fakes/fake-context";
import type { FakeMachine } from "../../_fakes/fake-machine";

const failure = (code: string, exitCode: number, data: Record<string, unknown> = {}): SlipwayError =>
  new SlipwayError({ code, exitCode, message: `It is ${code}.`, remedy: "Wait.", data });
const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
const holding: LeaseHolding = {
  owner: { id: "x", user: "kim", host: "desk", machine: "machine of desk", pid: 55, command: "release" },
  since: "2026-01-01T00:00:00.000Z",
  renewedAt: "2026-01-01T00:00:30.000Z",
  expiresAt: "2026-01-01T00:01:30.000Z",
};

/** A release of `web` and `api`, in this order. */
function world() {
  const context = fakeContext();
  const [web, api] = [context.serviceLock("web"), context.serviceLock("api")];
  const request = { command: "release", options: { yes: true }, locks: [web, api] };
  return { context, web, api, request };
}
const done = async () => ({ summary: "", data: { outcome: "released" } });

describe("changing, with the locks of services", () => {
  it("takes them in the order of their names, not the stack's, and gives all back", async () => {
    const { context, request } = world();
    await changing(context, request, async ({ fences }) => {
      context.log.push(`work ${fences.join(" ")}`);
      return done();
    });
    expect(context.log).to.deep.equal([
      "caller",
      "api: lock",
      "web: lock",
      "work 7 7",
      "record",
      "web: release",
      "api: release",
    ]);
    expect((context.history.entries as readonly CommandRun[]).map(({ fence }) => fence)).to.deep.equal([null]);
  });

  it("gives the numbers in the order in which the locks were named", async () => {
    const { context, request, web, api } = world();
    [web.fence, api.fence] = [30, 4];
    let seen: readonly number[] = [];
    await changing(context, request, async ({ fences }) => {
      seen = fences;
      return done();
    });
    expect(seen).to.deep.equal([30, 4]);
  });

  it("gives back what it has when one of them is somebody else's", async () => {
    const { context, request, web } = world();
    web.refusal = failure("release-locked", 4);
    expect(await caught(changing(context, request, done))).to.equal(web.refusal);
    expect(context.log).to.deep.equal(["caller", "api: lock", "web: lock", "api: release"]);
    expect(context.history.entries).to.deep.equal([]);
  });

  it("waits for all together as long as is said", async () => {
    const { context, request, web, api } = world();
    api.onAcquire = () => void ((context.machine as FakeMachine).ms += 20_000);
    await changing(context, { ...request, options: { yes: true, waitForLock: "30s" } }, done);
    expect([api, web].map(({ requests }) => requests[0]?.waitMs)).to.deep.equal([30_000, 10_000]);
  });

  for (const lost of ["web", "api"] as const) {
    it(`stops when the lock of ${lost} is lost`, async () => {
      const { context, request, ...locks } = world();
      const error = await caught(
        changing(context, request, async ({ signal, assertHeld }) => {
          locks[lost].lost.abort(failure("lock-lost", 4));
          expect(signal?.aborted).to.equal(true);
          await assertHeld();
          return done();
        }),
      );
      expect(error).to.include({ code: "lock-lost", exitCode: 4 });
      expect(context.log.slice(-3)).to.deep.equal(["record", "web: release", "api: release"]);
    });
  }

  it("enters a killed run once, however many of its locks are found", async () => {
    const { context, request, web, api } = world();
    web.tookOverFrom = { ...holding, owner: { ...holding.owner, id: "y" } };
    api.tookOverFrom = holding;
    context.lock.tookOverFrom = { ...holding, owner: { ...holding.owner, id: "z" } };
    await changing(context, request, async ({ engineRun }) => {
      await engineRun(async () => undefined);
      return done();
    });
    expect((context.history.entries as readonly CommandRun[]).map(({ outcome }) => outcome)).to.deep.equal([
      "interrupted",
      "done",
    ]);
  });

  for (const [exitCode, outcome] of [
    [10, "rolled-back"],
    [3, "blocked"],
    [1, "failed"],
  ] as const) {
    it(`records a report with exit ${exitCode} as ${outcome}`, async () => {
      const { context, request } = world();
      await changing(context, request, async () => ({ summary: "", data: {}, exitCode }));
      expect((context.history.entries as readonly CommandRun[]).map((entry) => entry.outcome)).to.deep.equal([outcome]);
    });
  }

  describe("an operation of the engine", () => {
    it("has the stack's lock, and one at a time", async () => {
      const { context, request } = world();
      await changing(context, request, async ({ engineRun }) => {
        const run = (name: string) =>
          engineRun(async () => {
            context.log.push(`${name} begins`);
            await new Promise((next) => setImmediate(next));
            context.log.push(`${name} ends`);
          });
        await Promise.all([run("web"), run("api")]);
        return done();
      });
      expect(context.log.slice(3, -3)).to.deep.equal([
        ...["lock", "web begins", "web ends", "release"],
        ...["lock", "api begins", "api ends", "release"],
      ]);
    });

    it("waits ten minutes for it, or as long as is said, and says that the release is where it was", async () => {
      for (const [waitForLock, ms] of [
        [undefined, 600_000],
        ["30m", 1_800_000],
      ] as const) {
        const { context, request } = world();
        context.lock.refusal = failure("stack-locked", 4, { lock: "whose" });
        const error = await caught(
          changing(context, { ...request, options: { yes: true, waitForLock } }, async ({ engineRun }) => {
            await engineRun(done);
            return done();
          }),
        );
        expect(context.lock.requests.map(({ waitMs }) => waitMs)).to.deep.equal([ms]);
        expect(error).to.include({ code: "stack-locked", exitCode: 4, message: "It is stack-locked." });
        expect((error as SlipwayError).remedy).to.contain("slipway release resume staging");
        expect((error as SlipwayError).data).to.deep.equal({ lock: "whose" });
      }
    });

    for (const which of ["the stack's", "a service's"] as const) {
      it(`is stopped when ${which} lock is lost, and that is what is told`, async () => {
        const { context, request, api } = world();
        const error = await caught(
          changing(context, request, async ({ engineRun }) => {
            await engineRun(async (signal) => {
              (which === "the stack's" ? context.lock : api).lost.abort(failure("lock-lost", 4));
              expect(signal?.aborted).to.equal(true);
              throw failure("interrupted", 1);
            });
            return done();
          }),
        );
        expect(error).to.include({ code: "lock-lost", message: "It is lock-lost.\n\nIt is interrupted." });
        expect(context.log.filter((line) => line.endsWith("release"))).to.have.lengthOf(3);
      });
    }

    it("does not begin when a service's lock was lost while it waited for the stack's", async () => {
      const { context, request, web } = world();
      context.lock.onAcquire = () => web.lost.abort(failure("lock-lost", 4));
      await caught(
        changing(context, request, async ({ engineRun }) => {
          await engineRun(async () => void context.log.push("engine"));
          return done();
        }),
      );
      expect(context.log).not.to.include("engine");
    });

    it("goes past the lock that the engine of the dead run has left", async () => {
      const { context, request } = world();
      context.lock.lastDead = holding;
      let runs = 0;
      await changing(context, request, async ({ engineRun }) => {
        await engineRun(async () => {
          runs += 1;
          if (runs === 1)
            throw failure("stack-locked", 4, { lock: { by: "kim@desk", pid: 56, since: "2026-01-01T00:00:10Z" } });
        });
        return done();
      });
      expect([runs, context.log.includes("cancel")]).to.deep.equal([2, true]);
    });

    it("needs no lock in a dry run", async () => {
      const { context, request } = world();
      await changing(context, { ...request, options: { dryRun: true } }, async ({ engineRun, fences }) => {
        await engineRun(async () => undefined);
        return { summary: "", data: { fences } };
      });
      expect(context.log).to.deep.equal(["caller"]);
    });
  });
});

describe("withLock", () => {
  it("gives the lock back when the process is ended by a signal", async () => {
    const { context } = world();
    await withLock(context, context.lock, { command: "release" }, async () => {
      for (const last of context.farewell.left) await last();
      expect(context.log).to.deep.equal(["lock", "release"]);
    });
    expect(context.farewell.left.size).to.equal(0);
  });

  it("leaves the refusal as it is when nothing was begun", async () => {
    const { context } = world();
    context.lock.refusal = failure("stack-locked", 4);
    const error = await caught(withLock(context, context.lock, { command: "release" }, done));
    expect(error).to.equal(context.lock.refusal);
    expect(context.log).to.deep.equal(["lock"]);
  });

  it("enters the killed run whose lock it took over", async () => {
    const { context } = world();
    context.lock.tookOverFrom = holding;
    await withLock(context, context.lock, { command: "release" }, done);
    expect((context.history.entries as readonly CommandRun[]).map(({ error }) => error?.code)).to.deep.equal([
      "killed",
    ]);
  });
});
