import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { FileHistory } from "../../../automation/adapters/file-history";
import type { HistoryEntry } from "../../../automation/ports/history";

describe("FileHistory", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "slipway-history-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("adds a line for each entry, and makes its folder", async () => {
    const entry: HistoryEntry = {
      kind: "gate-override",
      at: "2026-01-01T00:00:00.000Z",
      stack: "staging",
      by: "arn:x",
      justification: "INC-7",
      approvedBy: "Kim",
      findings: [],
    };
    const history = new FileHistory(join(folder, "deep", "history"));

    await history.append(entry);
    await history.append({ ...entry, justification: "INC-8" });

    const lines = (await readFile(join(folder, "deep", "history", "staging.jsonl"), "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).to.deep.equal([
      entry,
      { ...entry, justification: "INC-8" },
    ]);
  });
});
