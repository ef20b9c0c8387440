import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { fileStore } from "../../../automation/adapters/file-store";
import { SlipwayError } from "../../../automation/model/errors";
import type { Journal } from "../../../automation/model/release/journal";
import { storedJournals } from "../../../automation/records/stored-journals";
import { FakeStore } from "../../_fakes/fake-store";
import { aJournal, aPlan, badFacts, goodFacts } from "../../_helpers/a-journal";
import { recordsContract } from "../../_helpers/records-contract";

const scope = { project: "shop", stack: "staging" };
const openKey = "releases/shop/staging/open/web.json";

describe("records of releases", () => {
  describe("in memory", () => recordsContract(() => new FakeStore()));

  describe("in files", () => {
    let folder = "";
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "slipway-records-"));
    });
    afterEach(() => rm(folder, { recursive: true }));
    recordsContract(() => fileStore(folder));
  });
});

describe("storedJournals", () => {
  const world = () => {
    const store = new FakeStore();
    return { store, journals: storedJournals({ ...scope, store }) };
  };
  const errorOf = async (work: Promise<unknown>): Promise<SlipwayError> => {
    const error = await work.catch((thrown: unknown) => thrown);
    if (error instanceof SlipwayError) return error;
    throw new Error(`No SlipwayError: ${String(error)}`);
  };
  /** Releases of one service a day, from the first of January. */
  const daily = (service: string, days: readonly number[]): readonly Journal[] =>
    days.map((day) =>
      aJournal({
        facts: goodFacts,
        plan: aPlan({ service }),
        startedAt: `2026-01-${String(day).padStart(2, "0")}T00:00:00.000Z`,
      }),
    );

  it("keeps every kind of entry as it was written, and fields that it does not know", async () => {
    const { store, journals } = world();
    const cause = { kind: "alarm", text: "web-5xx fires" } as const;
    const known = aJournal({
      facts: [
        ...[...goodFacts, ...badFacts].filter(([, { kind }]) => kind !== "closed"),
        [300, { kind: "failed", cause }],
        [300, { kind: "abort-asked", by: "kim", reason: "INC-7" }],
        [300, { kind: "continue-asked", by: "kim" }],
        [300, { kind: "kept-new", cause }],
        [300, { kind: "left-as-is", cause }],
        [300, { kind: "restoring" }],
        [300, { kind: "restored", deploymentId: "ecs-svc/3" }],
      ],
    });
    const journal = { ...known, of: "the future", plan: { ...known.plan, weather: "fine" } };
    await journals.create(journal);
    expect((await journals.open("web"))?.journal).to.deep.equal(journal);
    expect(JSON.parse(store.values.get(openKey)?.value ?? "")).to.deep.equal(journal);
  });

  it("names the release that is still open, who began it, and what can be done about it", async () => {
    const { journals } = world();
    await journals.create(aJournal({ release: "r1" }));
    const error = await errorOf(journals.create(aJournal({ release: "r2" })));
    expect([error.exitCode, error.message, error.remedy]).to.deep.equal([
      3,
      "The release r1-web of web in staging (v1 -> v2), begun at 2026-01-01T00:00:00.000Z by kim@desk, is not over.",
      "Nothing was changed. Finish it first: `slipway release resume staging web` goes on, `slipway release abort staging web` goes back.",
    ]);
  });

  it("says of a record of a newer Slipway which it is", async () => {
    const { store, journals } = world();
    store.values.set(openKey, { value: '{"schema":7}', version: "1" });
    const { exitCode, message } = await errorOf(journals.open("web"));
    expect([exitCode, message]).to.deep.equal([
      3,
      `memory/${openKey} is a journal of a release of form 7; this Slipway knows up to 1. It was written by a newer Slipway; nothing was changed.`,
    ]);
  });

  for (const [what, spoilt, reason] of [
    ["no JSON", "{", "Invalid input: expected object, received undefined"],
    [
      "an entry of a kind that nobody knows",
      { ...aJournal(), entries: [{ kind: "x", at: "2026-01-01" }] },
      "entries.0.kind: ",
    ],
    [
      "an entry without a time",
      { ...aJournal(), entries: [{ kind: "started", at: "soon" }] },
      "entries.0.at: it is no time",
    ],
    [
      "a slot that is none",
      { ...aJournal(), plan: { ...aPlan(), to: { ...aPlan().to, slot: "red" } } },
      "plan.to.slot: ",
    ],
    ["a fence that is none", { ...aJournal(), fence: -1 }, "fence: "],
  ] as const) {
    it(`refuses a journal with ${what}`, async () => {
      const { store, journals } = world();
      store.values.set(openKey, { value: typeof spoilt === "string" ? spoilt : JSON.stringify(spoilt), version: "1" });
      const error = await errorOf(journals.open("web"));
      expect([error.code, error.exitCode]).to.deep.equal(["record-unreadable", 1]);
      expect(error.message).to.contain(`memory/${openKey} is no journal of a release: ${reason}`);
    });
  }

  it("finishes the close of a driver that was killed after it had written the end", async () => {
    const { store, journals } = world();
    const over = aJournal({ facts: goodFacts });
    store.values.set(openKey, { value: JSON.stringify(over), version: "1" });
    expect([await journals.openServices(), await journals.latest(9), store.values.has(openKey)]).to.deep.equal([
      [],
      [over],
      false,
    ]);
  });

  it("does not close what somebody has written to in the meantime", async () => {
    const { journals } = world();
    const { version } = await journals.create(aJournal());
    await journals.write(aJournal({ facts: [[0, { kind: "abort-asked", by: "ann" }]] }), version);
    const error = await errorOf(journals.close(aJournal({ facts: goodFacts }), version));
    expect([error.code, await journals.openServices()]).to.deep.equal(["journal-changed", ["web"]]);
  });

  it("is content when another look has finished the close", async () => {
    const { journals } = world();
    const over = aJournal({ facts: goodFacts });
    const { version } = await journals.create(aJournal());
    await journals.write(over, version);
    await journals.openServices();
    await journals.close(over, version);
    expect(await journals.latest(9)).to.deep.equal([over]);
  });

  it("closes nothing that has no end", async () => {
    const { journals } = world();
    const { version } = await journals.create(aJournal());
    const error: unknown = await journals.close(aJournal(), version).catch((thrown: unknown) => thrown);
    expect((error as Error).message).to.contain("has no end");
  });

  it("gives the last of one service among those of others whose names end alike", async () => {
    const { store, journals } = world();
    const web = daily("web", [1, 3, 25]);
    const others = [
      ...daily(
        "admin-web",
        Array.from({ length: 24 }, (_, day) => day + 1),
      ),
      ...daily("api", [26]),
    ];
    for (const journal of [...web, ...others]) {
      const name = `${journal.startedAt.replace(/[-:.]/g, "")}-${journal.id}`;
      store.values.set(`releases/shop/staging/closed/${name}.json`, { value: JSON.stringify(journal), version: "1" });
    }
    expect((await journals.latest(9, "web")).map(({ startedAt }) => startedAt.slice(8, 10))).to.deep.equal([
      "25",
      "03",
      "01",
    ]);
    expect((await journals.latest(2)).map(({ id }) => id.slice(-3))).to.deep.equal(["api", "web"]);
  });
});
