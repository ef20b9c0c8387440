import { expect } from "chai";
import fc from "fast-check";
import { differingKeys, maskProperties, scrubText } from "../../../automation/adapters/pulumi-secrets";
import { secretOf } from "../../_helpers/secret-of";

describe("maskProperties", () => {
  it("hides secrets at any depth and marks what is not known yet", () => {
    const masked = maskProperties({
      plain: [1, true, null, "text"],
      nested: { list: [{ password: secretOf("v1:abc") }] },
      later: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      output: { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: "v", secret: true },
      open: { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: "v" },
    });

    expect(masked).to.deep.equal({
      plain: [1, true, null, "text"],
      nested: { list: [{ password: "[secret]" }] },
      later: "[unknown]",
      output: "[secret]",
      open: "v",
    });
  });

  it("has an empty object for nothing", () => {
    expect([maskProperties(null), maskProperties(undefined)]).to.deep.equal([{}, {}]);
  });
});

describe("scrubText", () => {
  it("keeps only the names of what violates a plan", () => {
    const said = "resource urn:x violates plan: properties changed: +~cidr[{10/8}!={11/8}], =~password[{sword\nfish}]";

    expect(scrubText(said, [])).to.equal("resource urn:x violates plan: properties changed: cidr, password");
  });

  it("never shows a known value, wherever it stands", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.string(), fc.string(), (secret, before, after) => {
        fc.pre(!"[secret]".includes(secret) && !`${before}[secret]${after}`.includes(secret));
        expect(scrubText(`${before}${secret}${after}`, [secret])).not.to.contain(secret);
      }),
    );
  });

  it("does not tear words apart for a secret of a few letters", () => {
    expect(scrubText("a plan", ["a"])).to.equal("a plan");
  });
});

describe("differingKeys", () => {
  it("reads the names only", () => {
    expect(differingKeys("=~password[{swordfish}], --old[{x}]")).to.deep.equal(["password", "old"]);
  });
});
