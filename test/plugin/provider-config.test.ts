import { expect } from "chai";
import {
  accountRefusal,
  diffProviderConfig,
  noConfig,
  parseProviderConfig,
} from "../../sandbox/plugin/provider-config";

describe("provider configuration", () => {
  it("reads what the engine sends as JSON texts", () => {
    const wire = {
      region: "eu-central-1",
      allowedAccountIds: '["111122223333"]',
      defaultTags: '{"tags":{"Project":"p","Cost":1}}',
    };

    expect(parseProviderConfig(wire)).to.deep.equal({
      region: "eu-central-1",
      allowedAccountIds: ["111122223333"],
      forbiddenAccountIds: [],
      defaultTags: { Project: "p", Cost: "1" },
    });
    expect(parseProviderConfig({})).to.deep.equal(noConfig);
  });

  it("keeps the leading zeros of an account that was read as a number", () => {
    expect(parseProviderConfig({ forbiddenAccountIds: "[12345678901]" }).forbiddenAccountIds).to.deep.equal([
      "012345678901",
    ]);
  });

  it("refuses a forbidden account, and any that is not among the allowed", () => {
    const refusal = "AWS account ID not allowed: 111122223333";

    expect(accountRefusal(noConfig, "111122223333")).to.equal(undefined);
    expect(accountRefusal({ ...noConfig, allowedAccountIds: ["111122223333"] }, "111122223333")).to.equal(undefined);
    expect(accountRefusal({ ...noConfig, allowedAccountIds: ["444455556666"] }, "111122223333")).to.equal(refusal);
    expect(accountRefusal({ ...noConfig, forbiddenAccountIds: ["111122223333"] }, "111122223333")).to.equal(refusal);
  });

  it("moves every resource for another region, and none for other tags", () => {
    const old = { region: "a", defaultTags: '{"tags":{"A":"1"}}', version: "1" };

    expect(diffProviderConfig(old, { ...old, defaultTags: '{ "tags": { "A": "1" } }', version: "2" })).to.deep.equal({
      changed: [],
      replaces: [],
    });
    expect(diffProviderConfig(old, { ...old, defaultTags: '{"tags":{}}' })).to.deep.equal({
      changed: ["defaultTags"],
      replaces: [],
    });
    expect(diffProviderConfig(old, { ...old, region: "b" })).to.deep.equal({
      changed: ["region"],
      replaces: ["region"],
    });
  });
});
