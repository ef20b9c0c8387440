import { expect } from "chai";
import fc from "fast-check";
import type { Properties } from "../../../sandbox/plugin/handler";
import { randomText } from "../../../sandbox/plugin/random/random-text";
import { randomValues } from "../../../sandbox/plugin/random/values";

const least = fc.integer({ min: 0, max: 5 });
const rules = fc
  .record({
    minLower: least,
    minUpper: least,
    minNumeric: least,
    minSpecial: least,
    lower: fc.constant(true),
    upper: fc.boolean(),
    numeric: fc.boolean(),
    special: fc.boolean(),
    overrideSpecial: fc.constantFrom("", "!#"),
  })
  .chain((known) => {
    const sum = known.minLower + known.minUpper + known.minNumeric + known.minSpecial;
    return fc.integer({ min: Math.max(1, sum), max: sum + 20 }).map((length) => ({ ...known, length }));
  });
const count = (text: string, pattern: RegExp): number => (text.match(pattern) ?? []).length;

function make(type: string, inputs: Properties): { readonly id: string; readonly outputs: Properties } {
  const value = randomValues[`random:index/${type}`];
  if (value === undefined) throw new Error(`no such type: ${type}`);
  return value(inputs);
}

describe("randomText", () => {
  it("has the length and at least as many characters of each class as asked for", () => {
    fc.assert(
      fc.property(rules, (asked) => {
        const text = randomText(asked);
        expect(text).to.have.lengthOf(asked.length);
        expect(count(text, /[a-z]/g)).to.be.at.least(asked.minLower);
        expect(count(text, /[A-Z]/g)).to.be.at.least(asked.minUpper);
        expect(count(text, /[0-9]/g)).to.be.at.least(asked.minNumeric);
        expect(count(text, /[^A-Za-z0-9]/g)).to.be.at.least(asked.minSpecial);
        if (asked.overrideSpecial !== "") expect(text).to.match(/^[A-Za-z0-9!#]*$/);
        if (!asked.upper && asked.minUpper === 0) expect(text).not.to.match(/[A-Z]/);
      }),
    );
  });
});

describe("randomValues", () => {
  it("shows the same bytes in every form, with the prefix in front of all but the id", () => {
    const { id, outputs } = make("randomId:RandomId", { byteLength: 8, prefix: "p-" });
    const bytes = Buffer.from(id, "base64url");

    expect(bytes).to.have.lengthOf(8);
    expect(outputs).to.deep.equal({
      hex: `p-${bytes.toString("hex")}`,
      dec: `p-${BigInt(`0x${bytes.toString("hex")}`)}`,
      b64Std: `p-${bytes.toString("base64")}`,
      b64Url: `p-${id}`,
    });
  });

  it("identifies each type as the provider does", () => {
    const text = make("randomString:RandomString", { length: 12, special: false });

    expect(make("randomPassword:RandomPassword", { length: 16 }).id).to.equal("none");
    expect(text.id)
      .to.equal(text.outputs["result"])
      .and.to.match(/^[A-Za-z0-9]{12}$/);
    expect(make("randomPet:RandomPet", { length: 2, separator: "-", prefix: "my" }).id).to.match(/^my-[a-z]+-[a-z]+$/);
    expect(make("randomUuid:RandomUuid", {}).id).to.match(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    );
  });
});
