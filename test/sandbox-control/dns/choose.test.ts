import { expect } from "chai";
import fc from "fast-check";
import { choose, type Circumstances } from "../../../sandbox/dns/choose";
import type { DnsRecord } from "../../../sandbox/dns/zones";

const record = (id: string, fields: Partial<DnsRecord> = {}): DnsRecord => ({
  Name: "www.shop.example.",
  Type: "A",
  TTL: 60,
  Values: [id],
  SetIdentifier: id,
  ...fields,
});

const circumstances = (fields: Partial<Circumstances> = {}): Circumstances => ({
  isHealthy: () => true,
  random: () => 0,
  region: "eu-central-1",
  ...fields,
});

/** Which record each of 100 evenly spread draws gives. */
function shares(records: readonly DnsRecord[], fields: Partial<Circumstances> = {}): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let at = 0; at < 100; at++) {
    const [chosen] = choose(records, circumstances({ ...fields, random: () => at / 100 }));
    const id = chosen?.SetIdentifier ?? "none";
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

const unhealthy = (...ids: readonly string[]): Partial<Circumstances> => ({
  isHealthy: ({ SetIdentifier = "" }) => !ids.includes(SetIdentifier),
});

describe("what Route 53 answers of several records", () => {
  it("is drawn by weight of the sum of all weights", () => {
    expect(shares([record("blue", { Weight: 3 }), record("green", { Weight: 1 })])).to.deep.equal({
      blue: 75,
      green: 25,
    });
  });

  it("is never a record without weight while another has one", () => {
    expect(shares([record("blue", { Weight: 0 }), record("green", { Weight: 1 })])).to.deep.equal({ green: 100 });
  });

  it("is any of them alike when none has a weight", () => {
    expect(shares([record("blue", { Weight: 0 }), record("green", { Weight: 0 })])).to.deep.equal({
      blue: 50,
      green: 50,
    });
  });

  it("is a record without weight when all others are unhealthy", () => {
    const records = [
      record("blue", { Weight: 9 }),
      record("green", { Weight: 1 }),
      record("sorry-page", { Weight: 0 }),
    ];

    expect(shares(records, unhealthy("blue", "green"))).to.deep.equal({ "sorry-page": 100 });
  });

  it("leaves out what is unhealthy, and shares among the rest", () => {
    const records = [record("blue", { Weight: 8 }), record("green", { Weight: 1 }), record("red", { Weight: 1 })];

    expect(shares(records, unhealthy("blue"))).to.deep.equal({ green: 50, red: 50 });
  });

  it("is as if all were healthy when none is", () => {
    expect(
      shares(
        [record("blue", { Weight: 3 }), record("green", { Weight: 1 }), record("gray", { Weight: 0 })],
        unhealthy("blue", "green", "gray"),
      ),
    ).to.deep.equal({ blue: 75, green: 25 });
  });

  it("is always one of the records that weigh most or something, whatever the draw", () => {
    const weight = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        fc.array(weight, { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (weights, at) => {
          const records = weights.map((Weight, index) => record(String(index), { Weight }));
          const chosen = choose(records, circumstances({ random: () => at }));

          expect(chosen).to.have.length(1);
          expect(records).to.include(chosen[0]);
          if (weights.some((one) => one > 0)) expect(chosen[0]?.Weight).to.be.above(0);
        },
      ),
    );
  });

  it("is the primary, the secondary when only that is healthy, and the primary again when none is", () => {
    const pair = [record("one", { Failover: "PRIMARY" }), record("two", { Failover: "SECONDARY" })];

    expect([
      shares(pair),
      shares(pair, unhealthy("one")),
      shares(pair, unhealthy("two")),
      shares(pair, unhealthy("one", "two")),
    ]).to.deep.equal([{ one: 100 }, { two: 100 }, { one: 100 }, { one: 100 }]);
  });

  it("is up to eight healthy ones of the multivalue policy", () => {
    const many = Array.from({ length: 10 }, (_, index) => record(String(index), { MultiValueAnswer: true }));

    const chosen = choose(many, circumstances({ ...unhealthy("0"), random: () => 0.5 }));

    expect(new Set(chosen).size).to.equal(8);
    expect(chosen).to.not.include(many[0]);
  });

  it("is the one of the asking region, or another when that is unhealthy", () => {
    const regions = [record("far", { Region: "us-east-1" }), record("near", { Region: "eu-central-1" })];

    expect([shares(regions), shares(regions, unhealthy("near"))]).to.deep.equal([{ near: 100 }, { far: 100 }]);
  });
});
