import { expect } from "chai";
import fc from "fast-check";
import { askedFor, settle } from "../../../sandbox/plugin/aws/settle";

describe("settle", () => {
  it("keeps the known wording of what AWS tells in its own", () => {
    const known = { policy: '{ "a": 1 }', subnets: ["b", "a"], port: "443" };

    expect(settle(known, { policy: '{"a":1}', subnets: ["a", "b"], port: 443 })).to.deep.equal(known);
  });

  it("takes over what AWS has otherwise", () => {
    expect(settle({ desiredCount: 2 }, { desiredCount: 7, arn: "arn" })).to.deep.equal({ desiredCount: 7, arn: "arn" });
  });

  it("keeps what AWS does not tell", () => {
    expect(settle({ password: "secret", name: "db" }, { name: "db" })).to.deep.equal({
      password: "secret",
      name: "db",
    });
  });

  it("shows as undefined what is gone, and says nothing of what never was", () => {
    expect(settle({ vpcId: "vpc-1" }, { vpcId: undefined, kmsKeyId: undefined })).to.deep.equal({ vpcId: undefined });
  });

  it("leaves out the fields that AWS left open", () => {
    expect(settle({}, { rules: [{ port: 80, description: undefined }] })).to.deep.equal({ rules: [{ port: 80 }] });
  });

  it("finds nothing new the second time, whatever was known and found", () => {
    const bag = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.jsonValue());
    fc.assert(
      fc.property(bag, bag, (known, found) => {
        const first = settle(known, found);

        expect(settle(first, found)).to.deep.equal(first);
      }),
    );
  });
});

describe("askedFor", () => {
  it("cuts AWS' block down to the fields of the known one", () => {
    expect(askedFor({ path: "/health" }, { path: "/other", timeout: 5 })).to.deep.equal({ path: "/other" });
  });

  it("gives the whole block where none is known", () => {
    expect(askedFor(undefined, { path: "/", timeout: 5 })).to.deep.equal({ path: "/", timeout: 5 });
  });
});
