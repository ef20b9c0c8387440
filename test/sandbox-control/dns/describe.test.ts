import { expect } from "chai";
import { describeDig } from "../../../sandbox/dns/describe";

const answer = {
  kind: "answer",
  answers: ["127.0.0.1"],
  records: ["www.shop.example A blue", "blue-1.elb.amazonaws.com A"],
  ttl: 60,
  listeners: [{ port: 80, address: "http://127.0.0.1:20080" }],
  notes: [],
  shares: [],
};

describe("what dig prints", () => {
  it("is the answer, the records it came by, and where the load balancer listens", () => {
    expect(describeDig({ name: "www.shop.example", type: "A", count: 1 }, answer)).to.equal(
      [
        "www.shop.example A: 127.0.0.1 (TTL 60 s)",
        "  by        www.shop.example A blue -> blue-1.elb.amazonaws.com A",
        "  port 80   http://127.0.0.1:20080",
      ].join("\n"),
    );
  });

  it("is the share of each record when it was asked several times, and what one should know", () => {
    const shares = [
      { record: "www.shop.example A blue", answers: ["1.1.1.1"], count: 90 },
      { record: "www.shop.example A green", answers: ["2.2.2.2"], count: 10 },
    ];

    expect(
      describeDig({ name: "www.shop.example", type: "A", count: 100 }, { ...answer, shares, notes: ["Changed."] }),
    ).to.equal(
      [
        "www.shop.example A, asked 100 times:",
        "   90.0 %  www.shop.example A blue  1.1.1.1",
        "   10.0 %  www.shop.example A green  2.2.2.2",
        "Changed.",
      ].join("\n"),
    );
  });

  it("is why there is none", () => {
    const none = { ...answer, kind: "nxdomain", answers: [], records: [], listeners: [], ttl: undefined };

    expect(describeDig({ name: "gone.example", type: "A", count: 1 }, none)).to.equal(
      "gone.example A: There is no such name.",
    );
  });
});
