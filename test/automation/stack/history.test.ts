import { expect } from "chai";
import type { CommandRun, HistoryEntry } from "../../../automation/ports/history";
import { history } from "../../../automation/stack/history";
import { fakeContext } from "../../_fakes/fake-context";

const run: CommandRun = {
  kind: "run",
  at: "2026-01-02T10:00:00.123Z",
  stack: "staging",
  by: { identity: "arn:aws:sts::1:assumed-role/deploy/kim", user: "kim", host: "desk", ci: "https://ci/7" },
  command: "up",
  options: { layer: "services", refresh: true },
  durationMs: 192_000,
  outcome: "done",
  result: "deployed",
  exitCode: 0,
  fence: 3,
};
const entries: readonly HistoryEntry[] = [
  run,
  {
    ...run,
    by: { identity: null, user: "ann", host: "far" },
    command: "destroy",
    options: { refresh: false },
    durationMs: 800,
    outcome: "blocked",
    result: null,
    exitCode: 3,
    error: { code: "layer-in-use", message: "no" },
  },
  {
    kind: "gate-override",
    at: run.at,
    stack: "staging",
    by: "arn:x",
    justification: "INC-7",
    approvedBy: "Kim",
    findings: [],
  },
  {
    kind: "unlock",
    at: run.at,
    stack: "staging",
    by: { identity: null, user: "kim", host: "desk" },
    holder: { id: "x", user: "ann", host: "far", machine: "m", pid: 7, command: "up" },
    because: "forced",
    reason: "gone",
  },
  {
    kind: "unlock",
    at: run.at,
    stack: "staging",
    service: "web",
    by: { identity: null, user: "kim", host: "desk" },
    holder: null,
    because: "forced",
    reason: "gone",
  },
  { ...run, command: "release", options: {}, outcome: "rolled-back", result: "rolled-back", exitCode: 10 },
  { kind: "of-the-future", at: run.at } as unknown as HistoryEntry,
];

describe("history", () => {
  it("shows each kind of entry in a line, newest first", async () => {
    const context = fakeContext();
    for (const entry of entries) await context.history.append(entry);

    const report = await history(context, {});

    const rows = report.summary.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    const when = "2026-01-02T10:00:00Z";
    expect([rows[0], ...rows.slice(2)]).to.deep.equal([
      ["When", "What", "Who", "Took", "Outcome"],
      [when, "of-the-future", "", "", ""],
      [when, "release", "kim@desk as 1:assumed-role/deploy/kim in https://ci/7", "3 min 12 s", "rolled-back"],
      [when, "unlock --service web", "kim@desk", "", "an unreadable lock, forced: gone"],
      [when, "unlock", "kim@desk", "", "the lock of ann@far (process 7), forced: gone"],
      [when, "gate overridden", "arn:x", "", "INC-7 (approved by Kim)"],
      [when, "destroy", "ann@far", "800 ms", "blocked (layer-in-use, exit 3)"],
      [
        when,
        "up --layer services --refresh",
        "kim@desk as 1:assumed-role/deploy/kim in https://ci/7",
        "3 min 12 s",
        "done (deployed)",
      ],
    ]);
    expect(report.data["entries"]).to.deep.equal([...entries].reverse());
  });

  it("shows as many as are asked for, and says when there is none", async () => {
    const context = fakeContext();
    expect((await history(context, {})).summary).to.equal("Nothing was done to staging yet.");
    for (const entry of entries) await context.history.append(entry);
    expect((await history(context, { limit: 2 })).data["entries"]).to.have.lengthOf(2);
  });

  for (const limit of [0, -1, 1.5]) {
    it(`is wrong usage with a limit of ${limit}`, async () => {
      const error: unknown = await history(fakeContext(), { limit }).catch((thrown: unknown) => thrown);
      expect(error).to.include({ code: "usage", exitCode: 2 });
    });
  }
});
