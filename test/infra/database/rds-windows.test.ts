import { expect } from "chai";
import fc from "fast-check";
import { windowMinutes, windowsOverlap } from "../../../infra/database/rds-windows";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const minutesOfWeek = 7 * 24 * 60;

const two = (figure: number): string => String(figure).padStart(2, "0");
const time = (minute: number): string => `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
const weekTime = (minute: number): string => `${days[Math.floor(minute / 1440) % 7]}:${time(minute)}`;

describe("the windows of RDS", () => {
  const lengths = {
    "02:00-03:00": 60,
    "23:45-00:15": 30,
    "02:00-02:00": 0,
    "sun:04:00-sun:04:29": 29,
    "sun:23:30-mon:00:30": 60,
    "tue:02:00-mon:02:00": 6 * 24 * 60,
  };
  for (const [window, minutes] of Object.entries(lengths)) {
    it(`counts ${minutes} minutes in ${window}`, () => {
      expect(windowMinutes(window)).to.equal(minutes);
    });
  }

  const pairs: readonly (readonly [daily: string, weekly: string, overlap: boolean])[] = [
    ["02:00-03:00", "sun:02:30-sun:03:30", true],
    ["02:00-03:00", "sun:03:00-sun:04:00", false],
    ["03:00-04:00", "sun:02:00-sun:03:00", false],
    ["00:00-00:30", "sun:23:45-mon:00:15", true],
    ["23:45-00:15", "mon:00:00-mon:00:30", true],
    ["23:45-00:15", "sun:23:00-sun:23:50", true],
    ["12:00-12:30", "fri:00:00-sat:00:00", true],
  ];
  for (const [daily, weekly, overlap] of pairs) {
    it(`sees that ${daily} and ${weekly} ${overlap ? "overlap" : "lie apart"}`, () => {
      expect(windowsOverlap(daily, weekly)).to.equal(overlap);
    });
  }

  it("says the same as a look at every minute of a week", () => {
    const start = fc.integer({ min: 0, max: 1439 });
    const length = fc.integer({ min: 30, max: 600 });
    const weekStart = fc.integer({ min: 0, max: minutesOfWeek - 1 });
    fc.assert(
      fc.property(start, length, weekStart, length, (from, minutes, weekFrom, weekMinutes) => {
        const daily = `${time(from)}-${time(from + minutes)}`;
        const weekly = `${weekTime(weekFrom)}-${weekTime(weekFrom + weekMinutes)}`;
        const common = Array.from({ length: weekMinutes }, (_, index) => (weekFrom + index) % 1440).some(
          (minute) => (minute - from + 1440) % 1440 < minutes,
        );
        expect(windowsOverlap(daily, weekly)).to.equal(common);
      }),
      { numRuns: 300 },
    );
  });
});
