import { expect } from "chai";
import { phaseOf } from "../../sandbox/facts/check-groups";
import { conditionalReplacement } from "../../sandbox/facts/conditional-replacement";
import { conditions } from "../../sandbox/facts/conditions";
import { factsOf, knownTypes } from "../../sandbox/facts/facts";
import { formats } from "../../sandbox/facts/formats";

const all = knownTypes().map((type) => factsOf(type));
const unique = (texts: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(texts.filter((text) => text !== undefined))].sort();

describe("conditions", () => {
  it("gives a meaning to every condition of the facts, and to nothing else", () => {
    const used = all.flatMap(({ conflictsWith = [] }) => conflictsWith.map(({ when }) => when));

    expect(Object.keys(conditions).sort()).to.deep.equal(unique(used));
  });

  it("says when each group of properties is checked", () => {
    const phases = all.flatMap(({ conflictsWith = [] }) => conflictsWith.map(phaseOf));

    expect(unique(phases)).to.deep.equal(["apply", "delete", "preview"]);
  });

  it("gives a meaning to every condition of a replacement, and to nothing else", () => {
    const used = all.flatMap(({ replaceConditional = [] }) => replaceConditional.map(({ when }) => when));

    expect(Object.keys(conditionalReplacement).sort()).to.deep.equal(unique(used));
  });

  it("knows every form that the facts name, and no other", () => {
    const used = all.flatMap(({ allowed = {} }) => Object.values(allowed).map(({ format }) => format));

    expect(Object.keys(formats).sort()).to.deep.equal(unique(used));
  });

  it("can read every pattern of the facts", () => {
    const patterns = all.flatMap(({ allowed = {} }) =>
      Object.values(allowed).flatMap(({ pattern, notPattern }) => [pattern, notPattern]),
    );

    for (const pattern of unique(patterns)) expect(() => new RegExp(pattern), pattern).not.to.throw();
  });
});
