import { expect } from "chai";
import fc from "fast-check";
import { cleanupOf, usablePoints, type PointStanding } from "../../../automation/model/release/usable-points";
import { aPoint } from "../../_helpers/a-journal";

const day = (number: number): string => new Date(Date.UTC(2026, 0, number)).toISOString();
const standing = (on: number, marks: Partial<PointStanding> = {}): PointStanding => ({
  point: aPoint(`p${on}`, { at: day(on) }),
  missing: [],
  isUsable: true,
  isCurrent: false,
  ...marks,
});
const gone: Partial<PointStanding> = { missing: ["arn"], isUsable: false };
const now = new Date(day(60));
const clean = (standings: readonly PointStanding[], age: Parameters<typeof cleanupOf>[0]["age"], watched = [""]) => {
  const { remove, kept } = cleanupOf({ standings, age, watched: new Set(watched), now });
  return [remove.map(({ id }) => id), kept.map(({ point, because }) => `${point.id}: ${because}`)];
};

describe("usablePoints", () => {
  const point = aPoint("p", {
    services: {
      web: { version: "v2", images: { web: "w:2" }, taskDefinition: "td:2", desired: 2, slot: "blue" },
      api: { version: "v1", images: { api: "a:1" }, taskDefinition: "td:1", desired: 1, slot: "blue" },
    },
  });

  for (const [what, there, live, expected] of [
    ["what runs now", ["td:1", "td:2"], { web: { web: "w:2" }, api: { api: "a:1" } }, [[], true, true]],
    ["what ran before", ["td:1", "td:2"], { web: { web: "w:3" }, api: { api: "a:1" } }, [[], true, false]],
    ["what cannot run again", ["td:1"], { web: { web: "w:3" }, api: { api: "a:1" } }, [["td:2"], false, false]],
    ["what runs now beside a newer service", ["td:1", "td:2"], { web: { web: "w:2" }, new: {} }, [[], true, true]],
    ["a stack that is not deployed", ["td:1", "td:2"], {}, [[], true, false]],
  ] as const) {
    it(`knows ${what}`, () => {
      const [found] = usablePoints([point], (arn) => (there as readonly string[]).includes(arn), live);
      expect([found?.missing, found?.isUsable, found?.isCurrent]).to.deep.equal(expected);
    });
  }
});

describe("cleanupOf", () => {
  it("takes what is too old", () => {
    expect(clean([standing(55), standing(50), standing(20), standing(10)], { kind: "days", days: 30 })).to.deep.equal([
      ["p20", "p10"],
      [],
    ]);
  });

  it("takes all but so many of the newest", () => {
    expect(clean([standing(55), standing(50), standing(20)], { kind: "count", count: 2 })).to.deep.equal([["p20"], []]);
  });

  it("keeps the newest that is usable, however old, and the newest way back from what runs now", () => {
    const standings = [
      standing(9, gone),
      standing(8, { isCurrent: true }),
      standing(7, gone),
      standing(6),
      standing(5),
    ];
    expect(clean(standings, { kind: "days", days: 30 })).to.deep.equal([
      ["p9", "p7", "p5"],
      ["p8: newest usable", "p6: newest usable"],
    ]);
  });

  it("keeps what runs now and what an open watch goes back to, also when that is not usable", () => {
    const standings = [standing(9), standing(8, { ...gone, isCurrent: true }), standing(7, gone), standing(6)];
    expect(clean(standings, { kind: "days", days: 30 }, ["p7"])).to.deep.equal([
      ["p6"],
      ["p9: newest usable", "p8: runs now", "p7: watched"],
    ]);
  });

  it("always leaves a way back where there was one, whatever is old", () => {
    const anyStandings = fc
      .array(fc.record({ isUsable: fc.boolean(), isCurrent: fc.boolean() }), { maxLength: 12 })
      .map((marks) => marks.map((mark, index) => standing(59 - index, mark)));
    const anyAge = fc.oneof(
      fc.record({ kind: fc.constant("days" as const), days: fc.integer({ min: 0, max: 60 }) }),
      fc.record({ kind: fc.constant("count" as const), count: fc.integer({ min: 1, max: 12 }) }),
    );
    fc.assert(
      fc.property(anyStandings, anyAge, fc.constantFrom("p59", "p50"), (standings, age, watched) => {
        const { remove } = cleanupOf({ standings, age, watched: new Set([watched]), now });
        const left = standings.filter(({ point }) => !remove.includes(point));
        const isWayBack = ({ isUsable, isCurrent }: PointStanding) => isUsable && !isCurrent;
        expect(left.some(isWayBack)).to.equal(standings.some(isWayBack));
        expect(remove.some(({ id }) => id === watched)).to.equal(false);
        expect(standings.some(({ point, isCurrent }) => isCurrent && remove.includes(point))).to.equal(false);
      }),
    );
  });
});
