import { cbor } from "@smithy/core/cbor";
import { expect } from "chai";
import fc from "fast-check";
import { decodeCbor } from "../../../../sandbox/front/wire/cbor-decode";
import { encodeCbor } from "../../../../sandbox/front/wire/cbor-encode";
import { jsonOf } from "../../../../sandbox/front/wire/json";
import { inputOfQuery, parametersOf } from "../../../../sandbox/front/wire/query";
import { xmlOf } from "../../../../sandbox/front/wire/xml";

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string({ unit: "grapheme" }),
    fc.double({ noNaN: true }).filter((number) => !Object.is(number, -0)),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 30 }),
    fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 30, noNullPrototype: true },
    ),
  ),
})).value;

describe("CBOR", () => {
  it("is read by the SDK as it was meant", () => {
    fc.assert(fc.property(values, (value) => void expect(cbor.deserialize(encodeCbor(value))).to.deep.equal(value)));
  });

  it("of the SDK is read as it was meant", () => {
    fc.assert(
      fc.property(values, (value) => void expect(decodeCbor(Buffer.from(cbor.serialize(value)))).to.deep.equal(value)),
    );
  });

  // RFC 8949, appendix A.
  for (const [hex, value] of [
    ["1bffffffffffffffff", 18446744073709551615n],
    ["3903e7", -1000],
    ["f93c00", 1],
    ["f9c400", -4],
    ["f90001", 5.960464477539063e-8],
    ["f97c00", Infinity],
    ["fa47c35000", 100000],
    ["c11a514b67b0", new Date("2013-03-21T20:04:00Z")],
    ["c1fb41d452d9ec200000", new Date("2013-03-21T20:04:00.500Z")],
    ["c48221196ab3", 273.15],
    ["7f657374726561646d696e67ff", "streaming"],
    ["9f018202039f0405ffff", [1, [2, 3], [4, 5]]],
    ["bf61610161629f0203ffff", { a: 1, b: [2, 3] }],
    ["f7", null],
  ] as const) {
    it(`reads ${hex}`, () => {
      expect(decodeCbor(Buffer.from(hex, "hex"))).to.deep.equal(value);
    });
  }
});

describe("the parameters of a query", () => {
  for (const [text, input] of [
    ["Action=X&Version=1&A=1", { A: "1" }],
    ["A.member.2.B=2&A.member.1.B=1", { A: [{ B: "1" }, { B: "2" }] }],
    ["A.member.10=j&A.member.9=i", { A: ["i", "j"] }],
    ["A.1=a&A.2=b", { A: ["a", "b"] }],
    ["A.1.B.1=x", { A: [{ B: ["x"] }] }],
    ["A.entry.1.key=k&A.entry.1.value.member.1=v", { A: { k: ["v"] } }],
    ["A.B.C=1&A.D=2", { A: { B: { C: "1" }, D: "2" } }],
    ["A=&B=%26+", { A: "", B: "& " }],
    ["__proto__.x=1", JSON.parse('{"__proto__":{"x":"1"}}') as object],
  ] as const) {
    it(`are read from ${text}`, () => {
      expect(inputOfQuery(new URLSearchParams(text))).to.deep.equal(input);
    });
  }

  it("are written so that they are read again", () => {
    const input = { A: [{ B: "1" }, { B: "2" }], C: { D: ["x"] }, E: "y" };
    const written = parametersOf({ ...input, none: undefined }).map(
      ([name, value]) => [name, value] as [string, string],
    );

    expect(inputOfQuery(new URLSearchParams(written))).to.deep.equal(input);
  });
});

describe("an answer", () => {
  const answer = {
    text: "a<&\u0001>",
    at: new Date(1500),
    list: [{ x: 1 }, true],
    map: new Map([["k", 0.5]]),
    empty: [],
    none: undefined,
  };

  it("is written in XML", () => {
    expect(xmlOf("Op", "urn:x", answer, "id")).to.equal(
      '<OpResponse xmlns="urn:x"><OpResult><text>a&lt;&amp;?&gt;</text><at>1970-01-01T00:00:01.500Z</at>' +
        "<list><member><x>1</x></member><member>true</member></list><map><entry><key>k</key><value>0.5</value></entry></map>" +
        "<empty/></OpResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></OpResponse>",
    );
  });

  it("is written in JSON, with words for what is no number there", () => {
    expect(jsonOf({ ...answer, large: 2n, nothing: NaN, bytes: new Uint8Array([1, 2]) })).to.equal(
      '{"text":"a<&\\u0001>","at":1.5,"list":[{"x":1},true],"map":{"k":0.5},"empty":[],"large":2,"nothing":"NaN","bytes":"AQI="}',
    );
  });
});
