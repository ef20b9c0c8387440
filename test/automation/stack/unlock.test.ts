import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import type { LeaseStanding } from "../../../automation/model/lease";
import type { LockView } from "../../../automation/ports/lock";
import { unlock } from "../../../automation/stack/unlock";
import { stackConfig } from "../../_helpers/stack-config";
import { fakeContext, ownAccount, type FakeContextOptions } from "../../_fakes/fake-context";

const view = (standing: LeaseStanding["kind"], who: { user?: string; machine?: string } = {}): LockView => ({
  owner: { id: "x", user: "ann", host: "far", machine: "other", pid: 7, command: "up", ...who },
  since: "1970-01-01T00:00:00.000Z",
  renewedAt: "1970-01-01T00:00:00.000Z",
  standing,
});
const mine = { user: "kim", machine: "machine of desk" };

function locked(first: LockView | undefined, thorough?: LockView, options: FakeContextOptions = {}) {
  const context = fakeContext(options);
  context.lock.views = thorough === undefined ? [first] : [first, thorough];
  return context;
}
const errorOf = (work: Promise<unknown>): Promise<unknown> => work.catch((thrown: unknown) => thrown);

describe("unlock", () => {
  it("says so when there is no lock", async () => {
    const report = await unlock(locked(undefined), { yes: true });
    expect(report).to.deep.equal({ summary: "staging is not locked.", data: { outcome: "unchanged" } });
  });

  for (const [what, first, thorough, because] of [
    ["whose process is gone", view("dead"), undefined, "dead"],
    ["that has expired and gives no sign of life while it is watched", view("suspect"), view("expired"), "dead"],
    ["that is one's own", view("held", mine), undefined, "own"],
  ] as const) {
    it(`opens a lock ${what}, and records it`, async () => {
      const context = locked(first, thorough);

      const report = await unlock(context, { yes: true });

      expect([report.data["outcome"], report.data["because"]]).to.deep.equal(["unlocked", because]);
      expect(context.log.slice(-2)).to.deep.equal(["record unlock", "free x"]);
      expect(context.history.entries).to.deep.equal([
        {
          kind: "unlock",
          at: "1970-01-01T00:00:00.000Z",
          stack: "staging",
          by: { identity: `arn:aws:iam::${ownAccount}:user/deployer`, user: "kim", host: "desk" },
          holder: first.owner,
          because,
        },
      ]);
    });
  }

  for (const [what, first, thorough] of [
    ["is alive", view("held"), undefined],
    ["gives a sign of life while it is watched", view("suspect"), view("held")],
    ["is another user's of this machine", view("held", { machine: "machine of desk" }), undefined],
    ["is of a user of the same name on another machine", view("held", { user: "kim" }), undefined],
  ] as const) {
    it(`refuses a lock that ${what}`, async () => {
      const context = locked(first, thorough);
      const error = await errorOf(unlock(context, { yes: true }));
      expect(error).to.include({ code: "lock-in-use", exitCode: 4 });
      expect((error as SlipwayError).message).to.contain("@far (process 7)");
      expect(context.history.entries).to.deep.equal([]);
      expect(context.log).not.to.include("free x");
    });
  }

  it("opens any by force, with the reason in the history before anything is done", async () => {
    const context = locked(view("held"));
    await unlock(context, { yes: true, force: true, reason: " the runner is gone " });
    expect(context.log.slice(-2)).to.deep.equal(["record unlock", "free x"]);
    expect(context.history.entries[0]).to.include({ because: "forced", reason: "the runner is gone" });
    expect(context.output.said[0]).to.contain("It may be alive").and.to.contain("two runs may change staging");
  });

  it("forces nothing that cannot be recorded", async () => {
    const context = locked(view("held"));
    context.history.failure = new Error("no rights");
    await errorOf(unlock(context, { yes: true, force: true, reason: "gone" }));
    expect(context.log).not.to.include("free x");
  });

  for (const options of [{ force: true }, { force: true, reason: "  " }, { reason: "because" }]) {
    it(`is wrong usage with ${JSON.stringify(options)}, before anybody is asked`, async () => {
      const context = locked(view("held"));
      expect(await errorOf(unlock(context, { yes: true, ...options }))).to.include({ code: "usage", exitCode: 2 });
      expect(context.log).to.deep.equal([]);
    });
  }

  it("clears a record that nobody can read by force only", async () => {
    const context = locked(undefined);
    context.lock.unreadable = new SlipwayError({ code: "lock-unreadable", exitCode: 4, message: "", remedy: "" });
    expect(await errorOf(unlock(context, { yes: true }))).to.equal(context.lock.unreadable);

    const report = await unlock(context, { yes: true, force: true, reason: "written by hand" });

    expect([report.data["holder"], context.log.at(-1)]).to.deep.equal([null, "clear"]);
  });

  it("asks, and leaves the lock without a yes", async () => {
    const context = locked(view("dead"), undefined, { answers: ["no"] });
    const report = await unlock(context, {});
    expect(context.output.asked).to.deep.equal(["Open the lock of staging? (yes/no):"]);
    expect([report.exitCode, context.history.entries]).to.deep.equal([1, []]);
  });

  it("only says what is known in a dry run", async () => {
    const context = locked(view("dead"));
    const report = await unlock(context, { dryRun: true });
    expect([report.data["outcome"], report.data["because"], context.history.entries]).to.deep.equal([
      "dry-run",
      "dead",
      [],
    ]);
  });

  it("leaves a lock alone that has changed hands in the meantime", async () => {
    const context = locked(view("dead"));
    context.lock.isUnchanged = false;
    expect(await errorOf(unlock(context, { yes: true }))).to.include({ code: "lock-in-use", exitCode: 4 });
  });

  it("opens the lock of the name that two environments share", async () => {
    const context = locked(undefined);
    const dns = { zoneId: "Z1", name: "www.shop.example", colour: "blue", peer: "green" };
    const config = stackConfig({ account: { id: ownAccount }, dns });
    context.switchLock({ zoneId: "Z1", name: "www.shop.example" }).views = [view("dead")];

    const report = await unlock({ ...context, config }, { yes: true, switch: true });

    expect(report.summary).to.contain("The lock of the switch of www.shop.example is open.");
    expect(context.log.at(-1)).to.equal("the switch of www.shop.example: free x");
    expect(await errorOf(unlock(context, { yes: true, switch: true }))).to.include({ code: "usage" });
  });

  it("is refused in the wrong account", async () => {
    const context = locked(view("dead"), undefined, { caller: "111111111111" });
    expect(await errorOf(unlock(context, { yes: true }))).to.include({ code: "account-mismatch", exitCode: 3 });
    expect(context.log).to.deep.equal(["caller"]);
  });

  it("opens the lock of a service's releases, and leaves the stack's alone", async () => {
    const context = fakeContext();
    context.serviceLock("web").views = [view("dead")];

    const report = await unlock(context, { yes: true, service: "web" });

    expect(context.log).to.deep.equal(["caller", "web: look", "record unlock", "web: free x"]);
    expect(context.history.entries[0]).to.include({ kind: "unlock", service: "web", because: "dead" });
    expect([report.data["service"], report.summary]).to.deep.equal([
      "web",
      "The lock of the release of web in staging is open.\n\nNext:\n  slipway release status staging web    where the release is that the run has left",
    ]);
    expect(context.output.said[0]).to.match(/^The release of web in staging is locked by ann@far/);
  });

  it("is wrong usage with a service that is none, unless there is a lock of it", async () => {
    const context = fakeContext();
    expect(await errorOf(unlock(context, { yes: true, service: "wbe" }))).to.include({
      code: "usage",
      exitCode: 2,
      message: 'staging has no service "wbe".',
    });
    context.serviceLock("wbe").views = [view("dead")];
    expect((await unlock(context, { yes: true, service: "wbe" })).data["outcome"]).to.equal("unlocked");
  });
});
