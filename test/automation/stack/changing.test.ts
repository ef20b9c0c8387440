import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import type { LeaseHolding } from "../../../automation/model/lease";
import type { CommandRun } from "../../../automation/ports/history";
import { changing } from "../../../automation/stack/changing";
import { fakeContext, ownAccount } from "../../_fakes/fake-context";
import { FakeMachine } from "../../_fakes/fake-machine";

const arn = `arn:aws:iam::${ownAccount}:user/deployer`;
const request = {
  command: "up",
  options: { yes: true },
  asked: { layer: "services", refresh: false, other: undefined },
};
const done = async () => ({ summary: "", data: { outcome: "deployed" } });
const failure = (code: string, exitCode: number, data: Record<string, unknown> = {}): SlipwayError =>
  new SlipwayError({ code, exitCode, message: `It is ${code}.`, remedy: "", data });
const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
const holding: LeaseHolding = {
  owner: { id: "x", user: "kim", host: "desk", machine: "machine of desk", pid: 55, command: "up" },
  since: "2026-01-01T00:00:00.000Z",
  renewedAt: "2026-01-01T00:00:30.000Z",
  expiresAt: "2026-01-01T00:01:30.000Z",
};

describe("changing", () => {
  it("leaves an entry with who, what, when, how long and how it ended", async () => {
    const context = fakeContext();
    const machine = context.machine as FakeMachine;
    machine.ms = 1_000;

    await changing(context, request, async () => {
      machine.ms = 3_500;
      return done();
    });

    expect(context.history.entries).to.deep.equal([
      {
        kind: "run",
        at: "1970-01-01T00:00:01.000Z",
        stack: "staging",
        by: { identity: arn, user: "kim", host: "desk" },
        command: "up",
        options: { layer: "services", refresh: false },
        durationMs: 2_500,
        outcome: "done",
        exitCode: 0,
        result: "deployed",
        fence: 7,
      },
    ]);
  });

  for (const [what, error, end] of [
    ["a failure", failure("resource-failed", 1), ["failed", 1, "resource-failed"]],
    ["a closed gate", failure("gate-blocked", 3), ["blocked", 3, "gate-blocked"]],
    ["a lock of the engine's own", failure("stack-locked", 4), ["blocked", 4, "stack-locked"]],
    ["an interrupt", failure("interrupted", 1), ["interrupted", 1, "interrupted"]],
    ["a lost lock", failure("lock-lost", 4), ["failed", 4, "lock-lost"]],
    ["a bug", new TypeError("x is not a function"), ["failed", 1, "bug"]],
  ] as const) {
    it(`records ${what}, gives the lock back, and passes the error on`, async () => {
      const context = fakeContext();

      const thrown = await caught(changing(context, request, () => Promise.reject(error)));

      const [entry] = context.history.entries as readonly CommandRun[];
      expect(thrown).to.equal(error);
      expect([entry?.outcome, entry?.exitCode, entry?.error?.code]).to.deep.equal(end);
      expect(context.log).to.deep.equal(["caller", "lock", "record", "release"]);
    });
  }

  for (const [data, exitCode, outcome] of [
    [{ outcome: "declined" }, 1, "declined"],
    [{}, 5, "failed"],
    [{ outcome: "unchanged" }, 0, "done"],
  ] as const) {
    it(`records a report with ${JSON.stringify(data)} and exit ${exitCode} as ${outcome}`, async () => {
      const context = fakeContext();
      await changing(context, request, async () => ({ summary: "", data, exitCode }));
      expect((context.history.entries as readonly CommandRun[]).map((entry) => entry.outcome)).to.deep.equal([outcome]);
    });
  }

  it("does nothing and records nothing when the lock is somebody else's", async () => {
    const context = fakeContext();
    context.lock.refusal = failure("stack-locked", 4);
    expect(await caught(changing(context, request, done))).to.equal(context.lock.refusal);
    expect(context.log).to.deep.equal(["caller", "lock"]);
  });

  it("takes no lock and leaves no entry in a dry run", async () => {
    const context = fakeContext();
    await changing(context, { ...request, options: { dryRun: true } }, done);
    expect(context.log).to.deep.equal(["caller"]);
  });

  it("records a refusal by the account guard with the caller, even when that cannot be written", async () => {
    const context = fakeContext({ caller: "111111111111" });
    await caught(changing(context, request, done));
    const [entry] = context.history.entries as readonly CommandRun[];
    expect([entry?.outcome, entry?.error?.code, entry?.by.identity, entry?.fence]).to.deep.equal([
      "blocked",
      "account-mismatch",
      "arn:aws:iam::111111111111:user/deployer",
      null,
    ]);

    const mute = fakeContext({ caller: "111111111111" });
    mute.history.failure = new Error("no rights");
    expect(await caught(changing(mute, request, done))).to.include({ code: "account-mismatch" });
  });

  it("says so when what was done cannot be recorded, and is done all the same", async () => {
    const context = fakeContext();
    context.history.failure = new Error("the disk is full");
    const report = await changing(context, request, done);
    expect(report.data).to.deep.equal({ outcome: "deployed" });
    expect(context.output.said).to.deep.equal([
      "WARNING: the history of staging has no entry for this run: the disk is full",
    ]);
    expect(context.log.at(-1)).to.equal("release");
  });

  for (const [given, ms] of [
    [undefined, 0],
    ["", 600_000],
    ["30s", 30_000],
  ] as const) {
    it(`waits ${ms} ms for the lock with --wait-for-lock ${JSON.stringify(given)}`, async () => {
      const context = fakeContext();
      await changing(context, { ...request, options: { yes: true, waitForLock: given } }, done);
      expect(context.lock.requests.map(({ waitMs, command }) => [command, waitMs])).to.deep.equal([["up", ms]]);
    });
  }

  it("refuses a wait that is no duration before it asks anybody", async () => {
    const context = fakeContext();
    const error = await caught(changing(context, { ...request, options: { yes: true, waitForLock: "long" } }, done));
    expect(error).to.include({ code: "usage", exitCode: 2 });
    expect(context.log).to.deep.equal([]);
  });

  it("names the lost lock first when the engine was stopped because of it", async () => {
    const context = fakeContext();
    const error = await caught(
      changing(context, request, async ({ signal }) => {
        context.lock.lost.abort(failure("lock-lost", 4));
        expect(signal?.aborted).to.equal(true);
        throw failure("interrupted", 1, { pendingOperations: [] });
      }),
    );
    expect(error).to.include({ code: "lock-lost", exitCode: 4, message: "It is lock-lost.\n\nIt is interrupted." });
    expect((error as SlipwayError).data).to.deep.equal({ pendingOperations: [] });
  });

  it("records and gives the lock back when a signal ends the process, and not twice when it does not", async () => {
    const context = fakeContext();
    await changing(context, request, async () => {
      for (const last of context.farewell.left) await last();
      expect(context.log).to.deep.equal(["caller", "lock", "record", "release"]);
      expect((context.history.entries as readonly CommandRun[]).map(({ outcome }) => outcome)).to.deep.equal([
        "interrupted",
      ]);
      return done();
    });
    expect(context.farewell.left.size).to.equal(0);
  });

  it("records the run that was killed, whose lock it took over", async () => {
    const context = fakeContext();
    context.lock.tookOverFrom = holding;
    await changing(context, request, done);
    const [killed] = context.history.entries as readonly CommandRun[];
    expect([killed?.at, killed?.outcome, killed?.durationMs, killed?.error?.code, killed?.by]).to.deep.equal([
      holding.since,
      "interrupted",
      30_000,
      "killed",
      { identity: null, user: "kim", host: "desk" },
    ]);
  });

  describe("an operation of the engine", () => {
    const left = { by: "kim@desk", pid: 56, since: "2026-01-01T00:00:10Z" };
    /** An engine that finds a lock once. */
    const operation = (lock: unknown) => {
      let runs = 0;
      return async (): Promise<number> => {
        runs += 1;
        if (runs === 1) throw failure("stack-locked", 4, { lock });
        return runs;
      };
    };
    const attempt = async (lock: unknown, dead: LeaseHolding | undefined, alive: readonly number[] = []) => {
      const context = fakeContext();
      const machine = new FakeMachine("desk", { pid: 100 }, new Set(alive));
      context.lock.lastDead = dead;
      const run = operation(lock);
      const thrown = await caught(
        changing({ ...context, machine }, request, async (under) => ({
          summary: "",
          data: { runs: await under.engineRun(run) },
        })),
      );
      return [thrown === undefined, context.log.includes("cancel")];
    };

    it("goes past the lock that the engine of a dead run has left", async () => {
      expect(await attempt(left, holding)).to.deep.equal([true, true]);
    });

    for (const [what, lock, dead, alive] of [
      ["nobody was found dead", left, undefined, []],
      ["that engine is alive", left, holding, [56]],
      ["it was made before the dead run began", { ...left, since: "2025-12-31T23:59:58Z" }, holding, []],
      ["it was made after the dead run's last sign of life", { ...left, since: "2026-01-01T00:00:46Z" }, holding, []],
      ["it is another user's", { ...left, by: "ann@desk" }, holding, []],
      ["the dead run was on another machine", left, { ...holding, owner: { ...holding.owner, machine: "m" } }, []],
      ["the engine does not say whose it is", undefined, holding, []],
    ] as const) {
      it(`stops at a lock when ${what}`, async () => {
        expect(await attempt(lock, dead, alive)).to.deep.equal([false, false]);
      });
    }
  });
});
