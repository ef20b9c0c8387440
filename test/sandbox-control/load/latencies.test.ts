import { expect } from "chai";
import fc from "fast-check";
import { Latencies } from "../../../sandbox/load/latencies";

describe("latencies", () => {
  it("are none when nothing was measured", () => {
    expect(new Latencies().report()).to.equal(undefined);
  });

  it("are within a percent of the exact nearest rank, and the largest is exact", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 400 }),
        (times) => {
          const latencies = new Latencies();
          times.forEach((time) => latencies.add(time));
          const sorted = [...times].sort((a, b) => a - b);
          const exact = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;

          const report = latencies.report();

          const close = (found = NaN, wanted: number) =>
            expect(found).to.be.closeTo(wanted, Math.max(wanted * 0.01, 0.001));
          close(report?.p50, exact(0.5));
          close(report?.p90, exact(0.9));
          close(report?.p99, exact(0.99));
          expect(report?.max).to.be.closeTo(sorted.at(-1) ?? NaN, 0.0005);
        },
      ),
    );
  });
});
