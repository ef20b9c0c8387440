import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { earlierHistory } from "../../../automation/adapters/earlier-history";
import type { GateOverride } from "../../../automation/ports/history";
import { storedHistory } from "../../../automation/records/stored-history";
import { FakeMachine } from "../../_fakes/fake-machine";
import { FakeStore } from "../../_fakes/fake-store";

const entry = (day: number): GateOverride => ({
  kind: "gate-override",
  at: `2026-01-${String(day).padStart(2, "0")}T00:00:00.000Z`,
  stack: "staging",
  by: "arn:x",
  justification: "INC-7",
  approvedBy: "Kim",
  findings: [],
});

describe("storedHistory", () => {
  const historyOf = (store: FakeStore, stack = "staging", earlier: readonly GateOverride[] = []) =>
    storedHistory({ project: "shop", stack, store, machine: new FakeMachine(stack), earlier: async () => earlier });

  it("keeps an object for each entry, under a name that sorts by time", async () => {
    const store = new FakeStore();
    await historyOf(store).append(entry(2));
    expect([...store.values.keys()]).to.deep.equal(["history/shop/staging/20260102T000000000Z-staging-100-1.json"]);
  });

  it("gives the last entries, newest first, and only those of the stack", async () => {
    const store = new FakeStore();
    const history = historyOf(store);
    for (const day of [3, 1, 2, 4]) await history.append(entry(day));
    await historyOf(store, "production").append(entry(9));
    expect(await history.latest(3)).to.deep.equal([entry(4), entry(3), entry(2)]);
  });

  it("keeps two entries of the same moment", async () => {
    const history = historyOf(new FakeStore());
    await Promise.all([history.append(entry(1)), history.append(entry(1))]);
    expect(await history.latest(9)).to.have.lengthOf(2);
  });

  it("goes on with the entries of an earlier Slipway, as far as the limit wants", async () => {
    const history = historyOf(new FakeStore(), "staging", [entry(1), entry(2)]);
    await history.append(entry(3));
    expect(await history.latest(2)).to.deep.equal([entry(3), entry(2)]);
    expect(await history.latest(9)).to.deep.equal([entry(3), entry(2), entry(1)]);
  });

  it("names an entry that somebody has spoilt", async () => {
    const store = new FakeStore();
    store.values.set("history/shop/staging/x.json", { value: "{", version: "1" });
    const error: unknown = await historyOf(store)
      .latest(1)
      .catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: "history-unreadable", exitCode: 1 });
    expect((error as Error).message).to.contain("memory/history/shop/staging/x.json");
  });
});

describe("earlierHistory", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "slipway-history-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("reads a line for each entry, and leaves out one that was cut off", async () => {
    await mkdir(join(folder, ".slipway", "history"), { recursive: true });
    const lines = [entry(1), entry(2)].map((one) => JSON.stringify(one));
    await writeFile(join(folder, ".slipway", "history", "staging.jsonl"), `${lines.join("\n")}\n{"kind":"gate`);
    expect(await earlierHistory(folder, "staging")).to.deep.equal([entry(1), entry(2)]);
  });

  it("is empty where there never was one", async () => {
    expect(await earlierHistory(folder, "staging")).to.deep.equal([]);
  });
});
