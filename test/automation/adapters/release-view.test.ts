import { expect } from "chai";
import * as fc from "fast-check";
import { releaseBlock, releaseBlocks } from "../../../automation/adapters/release-view";
import { styleOf, type ViewStyle } from "../../../automation/adapters/release-view-style";
import { releasePhases } from "../../../automation/model/release/progress";
import { aReleaseProgress } from "../../_helpers/a-release-progress";

const wide: ViewStyle = { columns: 100, color: false, unicode: true };
const ascii: ViewStyle = { columns: 44, color: false, unicode: false };

describe("releaseBlock", () => {
  it("shows phases, split, tasks and what it waits for", () => {
    expect(releaseBlock(aReleaseProgress(), wide)).to.deep.equal([
      "web  v1 → v2                                                    3:12 of about 12:00",
      "  preflight✓ provision✓ verify✓ shift✓ ▸ bake 10% (1 of 2) commit warm retire",
      "  [███░░░░░░░░░░░░░░░░░░░░░░░░░░░]  v2 10%  v1 90%",
      "  new 2/2 running, 2 healthy   old 2/2 running, 2 healthy",
      "  bakes for 4 min more",
    ]);
  });

  it("fits into a narrow terminal with other letters", () => {
    const progress = aReleaseProgress({ firing: ["shop-web-5xx"], expectedMs: null });

    expect(releaseBlock(progress, ascii)).to.deep.equal([
      "web  v1 -> v2                          3:12",
      "  5 of 8 bake 10% (1 of 2)",
      "  [##.....................]  v2 10%  v1 90%",
      "  new 2/2 running, 2 healthy   old 2/2 runn",
      "  firing: shop-web-5xx",
      "  bakes for 4 min more",
    ]);
  });

  it("has no bar where nothing is split, and tells the way back alone", () => {
    const progress = aReleaseProgress({ phase: "back", step: null, freshPercent: null, note: "" });

    expect(releaseBlock(progress, wide).slice(1)).to.deep.equal([
      "  going back to the old version",
      "  new 2/2 running, 2 healthy   old 2/2 running, 2 healthy",
    ]);
  });

  it("never fills or empties the bar before all of the traffic is on one side", () => {
    const bar = (freshPercent: number): string => releaseBlock(aReleaseProgress({ freshPercent }), wide)[2] ?? "";

    expect([0, 1, 99, 100].map((percent) => (bar(percent).match(/█/g) ?? []).length)).to.deep.equal([0, 1, 29, 30]);
  });

  it("lets nothing in a note steer the terminal, and shows its first line only", () => {
    const lines = releaseBlock(aReleaseProgress({ note: "boom\u001b[2J\u0007 x\nmore" }), wide);

    expect(lines.at(-1)).to.equal("  boom [2J  x");
  });

  it("paints by colour what it also says in words", () => {
    const painted = releaseBlock(aReleaseProgress({ firing: ["a"] }), { ...wide, color: true });

    expect(painted[4]).to.equal("\u001b[1;31m  firing: a\u001b[0m");
    expect(painted.map((line) => line.replace(/\u001b\[[\d;]*m/g, ""))).to.deep.equal(
      releaseBlock(aReleaseProgress({ firing: ["a"] }), wide),
    );
  });
});

describe("releaseBlocks", () => {
  const three = ["web", "api", "worker"].map((service) => aReleaseProgress({ service }));

  it("gives each service a block, and a line where the blocks do not fit", () => {
    expect(releaseBlocks(three, wide, 15)).to.have.length(15);
    expect(releaseBlocks(three, wide, 14)).to.deep.equal([
      "web bake 10% 2/2 3:12 bakes for 4 min more",
      "api bake 10% 2/2 3:12 bakes for 4 min more",
      "worker bake 10% 2/2 3:12 bakes for 4 min more",
    ]);
    expect(releaseBlocks(three, wide, 3).at(-1)).to.equal("worker bake 10% 2/2 3:12 bakes for 4 min more");
    expect(releaseBlocks(three, wide, 2)).to.deep.equal(["web bake 10% 2/2 3:12 bakes for 4 min more", "and 2 more"]);
  });

  it("fits into every terminal, whatever it shows", () => {
    const progress = fc.record({
      service: fc.string({ minLength: 1 }),
      phase: fc.constantFrom(...releasePhases),
      freshPercent: fc.option(fc.nat(100)),
      note: fc.string(),
      firing: fc.array(fc.string(), { maxLength: 3 }),
      expectedMs: fc.option(fc.nat()),
      elapsedMs: fc.nat(),
    });
    fc.assert(
      fc.property(
        fc.array(progress, { maxLength: 6 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (all, columns, rows, unicode) => {
          const lines = releaseBlocks(all.map(aReleaseProgress), { columns, unicode, color: false }, rows);
          expect(lines.length).to.be.at.most(rows);
          expect(lines.every((line) => line.length < Math.max(2, columns))).to.equal(true);
          expect(lines.some((line) => /[\u0000-\u001f\u007f]/.test(line))).to.equal(false);
        },
      ),
    );
  });
});

describe("styleOf", () => {
  it("has the letters of the locale, and no colours with NO_COLOR", () => {
    expect(styleOf({ LANG: "en_GB.UTF-8" }, 120)).to.deep.equal({ columns: 120, color: true, unicode: true });
    expect(styleOf({ LANG: "en_GB.UTF-8", LC_ALL: "C", NO_COLOR: "1" }, undefined)).to.deep.equal({
      columns: 80,
      color: false,
      unicode: false,
    });
    expect(styleOf({ NO_COLOR: "", TERM: "xterm", LC_CTYPE: "C.utf8" }, 80)).to.deep.equal({
      columns: 80,
      color: true,
      unicode: true,
    });
  });
});
