import { expect } from "chai";
import { storedSwitches } from "../../../automation/records/stored-switches";
import { FakeStore } from "../../_fakes/fake-store";
import { aSwitchJournal, aSwitchPlan, type Line } from "../../_helpers/a-switch";

const key = "switches/shop/Z1/www.shop.example.json";
const cause = { kind: "alarm", text: "it fires" } as const;
/** One entry of every kind. */
const lines: readonly Line[] = [
  [1, { kind: "verified" }],
  [2, { kind: "shifting", step: 0, percent: 100 }],
  [3, { kind: "shifted", step: 0, percent: 100, change: "C1" }],
  [4, { kind: "in-sync", change: "C1" }],
  [5, { kind: "passed", step: 0 }],
  [6, { kind: "confirmed" }],
  [7, { kind: "turned-back", cause }],
  [8, { kind: "restoring", colour: "blue" }],
  [9, { kind: "restored", colour: "blue", change: "C2" }],
  [10, { kind: "closed", outcome: "rolled-back", cause }],
];
const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("the record of the last switch", () => {
  it("is read as it was written, under the name that two stacks share", async () => {
    const store = new FakeStore();
    const switches = storedSwitches({ store, project: "shop" });
    const journal = { ...aSwitchJournal(lines), before: { from: "green", to: "blue" } as const };

    await switches.write(journal, undefined);

    expect([...store.values.keys()]).to.deep.equal([key]);
    expect((await switches.last(aSwitchPlan()))?.journal).to.deep.equal(journal);
  });

  it("is written by one of two that have read the same", async () => {
    const switches = storedSwitches({ store: new FakeStore(), project: "shop" });
    const first = await switches.write(aSwitchJournal([]), undefined);
    const journal = aSwitchJournal([[1, { kind: "verified" }]]);

    const [one, other] = [
      await switches.write(journal, first?.version),
      await switches.write(aSwitchJournal([]), first?.version),
    ];

    expect([one?.journal, other, (await switches.last(aSwitchPlan()))?.journal]).to.deep.equal([
      journal,
      undefined,
      journal,
    ]);
  });

  it("is nobody's when there was no switch", async () => {
    const switches = storedSwitches({ store: new FakeStore(), project: "shop" });
    expect(await switches.last(aSwitchPlan())).to.equal(undefined);
  });

  for (const [what, change, expected] of [
    ["of a newer Slipway is left alone", { schema: 2 }, { code: "record-newer", exitCode: 3 }],
    ["that somebody has changed by hand is no record", { entries: [{ kind: "odd" }] }, { code: "record-unreadable" }],
  ] as const) {
    it(what, async () => {
      const store = new FakeStore();
      await store.put(key, JSON.stringify({ ...aSwitchJournal([]), ...change }), "absent");
      const switches = storedSwitches({ store, project: "shop" });
      expect(await errorOf(switches.last(aSwitchPlan()))).to.include(expected);
    });
  }
});
