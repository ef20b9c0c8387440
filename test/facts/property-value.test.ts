import { expect } from "chai";
import fc from "fast-check";
import { decode, encode, hasUnknown, unknown } from "../../sandbox/facts/property-value";

const signature = "4dabf18193072939515e22adb298388d";
const secretOf = (value: unknown) => ({ [signature]: "1b47061264138c4ac30d75fd1eb44270", value });
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Any property as the engine sends it: plain values, unknown ones and secrets, nested; no secret in a secret. */
const plain = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(unknownText));
const { wire } = fc.letrec<{ wire: unknown }>((tie) => ({
  wire: fc.oneof(
    { maxDepth: 3 },
    plain,
    plain.map(secretOf),
    fc.array(tie("wire"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("wire"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const bag = fc.dictionary(fc.constantFrom("x", "y", "z"), wire, { noNullPrototype: true });

describe("decode and encode", () => {
  it("give back every property as it came", () => {
    fc.assert(
      fc.property(bag, (properties) => {
        const { value, secrets } = decode(properties);
        expect(encode(value, secrets)).to.deep.equal(properties);
      }),
    );
  });

  it("leave nothing of the wire's marks in a decoded value", () => {
    fc.assert(
      fc.property(bag, (properties) => {
        const text = JSON.stringify(decode(properties).value);
        expect(text).not.to.contain(signature).and.not.to.contain(unknownText);
      }),
    );
  });

  it("keep a whole property secret when the secret's own place is gone", () => {
    const { secrets } = decode({ policy: { Statement: [{ Sid: secretOf("x") }] } });

    expect(encode({ policy: '{"Statement":[{"Sid":"x"}]}', other: 1 }, secrets)).to.deep.equal({
      policy: secretOf('{"Statement":[{"Sid":"x"}]}'),
      other: 1,
    });
  });

  it("read outputs and resource references, and drop nulls", () => {
    const output = (rest: object) => ({ [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...rest });
    const reference = { [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", id: "vpc-1" };

    expect(decode({ a: output({ value: 1, secret: true }), b: output({}), c: reference, d: null })).to.deep.equal({
      value: { a: 1, b: unknown, c: "vpc-1" },
      secrets: new Set(["a"]),
    });
  });

  it("see an unknown value at any depth", () => {
    expect(hasUnknown({ a: [{ b: unknown }] })).to.equal(true);
    expect(hasUnknown({ a: [{ b: "unknown" }] })).to.equal(false);
  });
});
