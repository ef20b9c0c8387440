import { expect } from "chai";
import fc from "fast-check";
import { fargateSizeFault, fargateSizes, nearestFargateSize } from "../../../infra/service/fargate-size";

describe("fargateSizeFault", () => {
  it("accepts every size of the documented table, 256/512 to 16384/122880", () => {
    expect(fargateSizes.map(({ cpu, memory }) => fargateSizeFault(cpu, memory)).filter(Boolean)).to.deep.equal([]);
    expect([fargateSizes.length, fargateSizes[0], fargateSizes.at(-1)]).to.deep.equal([
      3 + 4 + 7 + 13 + 23 + 12 + 12,
      { cpu: 256, memory: 512 },
      { cpu: 16384, memory: 122880 },
    ]);
  });

  it("names the nearest pair when the memory does not fit the cpu", () => {
    expect(fargateSizeFault(256, 4096)).to.equal(
      "Fargate has no size with cpu 256 and memory 4096 MiB. The nearest valid pair is cpu 512 with memory 4096 MiB.",
    );
  });

  it("refuses 1536 MiB with 256 units, which lies between two valid sizes", () => {
    expect(fargateSizeFault(256, 1536)).to.match(/cpu 256 with memory 2048 MiB\.$/);
  });

  it("refuses 18 GiB with 8192 units, whose memory goes in steps of 4 GiB", () => {
    expect(fargateSizeFault(8192, 18 * 1024)).to.match(/cpu 8192 with memory 20480 MiB\.$/);
  });
});

describe("nearestFargateSize", () => {
  const asked = fc.record({ cpu: fc.integer({ min: 1, max: 16384 }), memory: fc.integer({ min: 1, max: 122880 }) });

  it("gives a valid size with at least what was asked, and no smaller one would do", () => {
    fc.assert(
      fc.property(asked, (need) => {
        const found = nearestFargateSize(need);
        const enough = fargateSizes.filter(({ cpu, memory }) => cpu >= need.cpu && memory >= need.memory);
        expect(fargateSizeFault(found.cpu, found.memory)).to.equal(undefined);
        expect(enough).to.deep.include(found);
        expect(
          enough.every(({ cpu, memory }) => cpu > found.cpu || (cpu === found.cpu && memory >= found.memory)),
        ).to.equal(true);
      }),
    );
  });

  it("leaves a valid size as it is", () => {
    expect(fargateSizes.map(nearestFargateSize)).to.deep.equal(fargateSizes);
  });

  it("gives the largest size for more than Fargate has", () => {
    expect(nearestFargateSize({ cpu: 32768, memory: 1 })).to.deep.equal({ cpu: 16384, memory: 122880 });
  });
});
