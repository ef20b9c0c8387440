import { expect } from "chai";
import fc from "fast-check";
import { isSame } from "../../../sandbox/plugin/aws/is-same";

const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "*" }] };

describe("isSame", () => {
  const same: readonly (readonly [string, unknown, unknown])[] = [
    ["absent and false", undefined, false],
    ["absent and an empty list", undefined, []],
    ["absent and a block of absent things", undefined, { enabled: false, prefix: "" }],
    ["a number and its text", 443, "443"],
    ["lists in another order", ["subnet-1", "subnet-2"], ["subnet-2", "subnet-1"]],
    ["lists of blocks in another order", [{ arn: "a", weight: 0 }, { arn: "b" }], [{ arn: "b" }, { arn: "a" }]],
    ["documents with other white space", JSON.stringify(policy), JSON.stringify(policy, null, 2)],
    [
      "a policy with one action as text and as a list",
      JSON.stringify(policy),
      JSON.stringify(policy).replace('["s3:GetObject"]', '"s3:GetObject"'),
    ],
    ["a policy as an object and as text", policy, JSON.stringify(policy)],
  ];
  for (const [what, left, right] of same) {
    it(`takes ${what} for the same`, () => {
      expect([isSame(left, right), isSame(right, left)]).to.deep.equal([true, true]);
    });
  }

  const different: readonly (readonly [string, unknown, unknown])[] = [
    ["a value and none", undefined, 5],
    ["true and absent", true, undefined],
    ["a list with one member twice and one with another", ["a", "a"], ["a", "b"]],
    ["blocks with another value", { weight: 10 }, { weight: 90 }],
    ["documents that allow different things", JSON.stringify(policy), JSON.stringify({ ...policy, Statement: [] })],
    ["text that only looks like a document", "{open", "{shut"],
  ];
  for (const [what, left, right] of different) {
    it(`tells ${what} apart`, () => {
      expect([isSame(left, right), isSame(right, left)]).to.deep.equal([false, false]);
    });
  }

  it("takes every value for the same as itself", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => isSame(value, structuredClone(value))));
  });
});
