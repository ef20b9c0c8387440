import { expect } from "chai";
import fc from "fast-check";
import { aligned, contains, formatBlock, overlap, parseBlock } from "../../../infra/network/ipv4-block";

const blocks = fc.record({ first: fc.nat({ max: 2 ** 32 - 1 }), prefix: fc.integer({ min: 0, max: 32 }) }).map(aligned);

describe("an IPv4 block", () => {
  it("is written as it was read, up to the last address there is", () => {
    for (const text of ["0.0.0.0/0", "10.0.0.0/16", "172.31.255.240/28", "255.255.255.255/32"])
      expect(formatBlock(parseBlock(text))).to.equal(text);
    fc.assert(
      fc.property(blocks, (block) => {
        expect(parseBlock(formatBlock(block))).to.deep.equal(block);
      }),
    );
  });

  it("begins where a block of its size may begin", () => {
    expect(formatBlock(aligned(parseBlock("10.0.13.7/20")))).to.equal("10.0.0.0/20");
  });

  it("overlaps another exactly when one holds the other", () => {
    fc.assert(
      fc.property(blocks, blocks, (one, other) => {
        expect(overlap(one, other)).to.equal(contains(one, other) || contains(other, one));
      }),
    );
    expect(overlap(parseBlock("10.0.0.0/24"), parseBlock("10.0.1.0/24"))).to.equal(false);
    expect(overlap(parseBlock("10.0.0.0/23"), parseBlock("10.0.1.0/24"))).to.equal(true);
  });
});
