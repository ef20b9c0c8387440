import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import type { LeaseStanding } from "../../../automation/model/lease";
import type { LockView } from "../../../automation/ports/lock";
import type { CommandRun } from "../../../automation/ports/history";
import { destroy } from "../../../automation/stack/destroy";
import { refuseOpenReleases } from "../../../automation/stack/open-releases";
import { refresh } from "../../../automation/stack/refresh";
import { up } from "../../../automation/stack/up";
import { fakeContext } from "../../_fakes/fake-context";
import { aJournal } from "../../_helpers/a-journal";

const view = (standing: LeaseStanding["kind"]): LockView => ({
  owner: { id: "x", user: "ann", host: "far", machine: "other", pid: 7, command: "release" },
  since: "2026-01-01T00:00:00.000Z",
  renewedAt: "2026-01-01T00:00:00.000Z",
  standing,
});
const errorOf = async (work: Promise<unknown>): Promise<SlipwayError> => {
  const error = await work.catch((thrown: unknown) => thrown);
  if (error instanceof SlipwayError) return error;
  throw new Error(`No SlipwayError: ${String(error)}`);
};

describe("refuseOpenReleases", () => {
  it("is content when every release is over and nobody has the lock of one", async () => {
    await refuseOpenReleases(fakeContext());
  });

  it("names whoever is at a release", async () => {
    const context = fakeContext();
    await context.journals.create(aJournal());
    context.serviceLock("web").views = [view("held")];
    const error = await errorOf(refuseOpenReleases(context));
    expect([error.code, error.exitCode, error.message, error.remedy]).to.deep.equal([
      "release-locked",
      4,
      "A release of web in staging is under way: `slipway release staging` of ann@far (process 7) since 2026-01-01T00:00:00.000Z.",
      "Nothing was changed. Wait for it: `slipway release status staging web` says where it is.",
    ]);
  });

  it("names whoever has the lock of a configured service, though nothing was begun yet", async () => {
    const context = fakeContext();
    const services = { web: {} } as unknown as typeof context.config.services;
    context.serviceLock("web").views = [view("suspect"), view("held")];
    const error = await errorOf(refuseOpenReleases({ ...context, config: { ...context.config, services } }));
    expect([error.code, context.log]).to.deep.equal(["release-locked", ["web: look", "web: look (thoroughly)"]]);
  });

  for (const [what, views] of [
    ["is dead", [view("dead")]],
    ["has given it up", [undefined]],
    ["is on another machine and gives no sign of life", [view("suspect"), view("expired")]],
  ] as const) {
    it(`says how to finish a release whose driver ${what}`, async () => {
      const context = fakeContext();
      await context.journals.create(aJournal());
      context.serviceLock("web").views = views;
      const error = await errorOf(refuseOpenReleases(context));
      expect([error.code, error.exitCode, error.message, error.remedy]).to.deep.equal([
        "release-open",
        3,
        "The release r-20260101-web of web in staging (v1 -> v2), begun at 2026-01-01T00:00:00.000Z by kim@desk, is not over.",
        "Nothing was changed. Finish it first: `slipway release resume staging web` goes on, `slipway release abort staging web` goes back.",
      ]);
    });
  }

  it("touches nothing when there is a record that cannot be read", async () => {
    const context = fakeContext();
    context.journals.failure = new SlipwayError({ code: "record-newer", exitCode: 3, message: "", remedy: "" });
    expect(await errorOf(refuseOpenReleases(context))).to.equal(context.journals.failure);
  });

  for (const [name, command] of Object.entries({ up, refresh, destroy })) {
    it(`keeps \`${name}\` from its work, under the lock and with an entry, but not its dry run`, async () => {
      const context = fakeContext();
      await context.journals.create(aJournal());
      expect((await errorOf(command(context, { yes: true }))).code).to.equal("release-open");
      expect(context.log.slice(1)).to.deep.equal(["caller", "lock", "web: look", "record", "release"]);
      expect((context.history.entries as readonly CommandRun[]).map(({ outcome }) => outcome)).to.deep.equal([
        "blocked",
      ]);
      await command(context, { dryRun: true });
    });
  }
});
