import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { withLock } from "../../sandbox/with-lock";

describe("withLock", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "slipway-lock-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("lets one work at a time", async () => {
    const seen: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      seen.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
    };
    await Promise.all([withLock(join(folder, "a.lock"), work("one")), withLock(join(folder, "a.lock"), work("other"))]);

    expect(
      [seen.slice(0, 2), seen.slice(2)].map(([begin, end]) => [begin?.split(" ")[1], end?.split(" ")[1]]),
    ).to.deep.equal([
      ["begins", "ends"],
      ["begins", "ends"],
    ]);
  });

  it("holds two locks of one folder, one within the other", async () => {
    const result = await withLock(join(folder, "outer.lock"), async () =>
      withLock(join(folder, "inner.lock"), async () => "done"),
    );

    expect(result).to.equal("done");
  });

  it("frees the lock when the work fails", async () => {
    const path = join(folder, "a.lock");
    const failed = await withLock(path, async () => Promise.reject(new Error("no"))).catch(
      (error: Error) => error.message,
    );

    expect([failed, await withLock(path, async () => "again")]).to.deep.equal(["no", "again"]);
  });
});
