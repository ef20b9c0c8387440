import { expect } from "chai";
import { foundTags, tagChanges } from "../../../sandbox/plugin/aws/tags";

const known = { tags: { Name: "web" }, tagsAll: { Name: "web", ManagedBy: "slipway" } };

describe("foundTags", () => {
  it("does not count the provider's default tags among the resource's own", () => {
    expect(foundTags(known, known.tagsAll)).to.deep.equal(known);
  });

  it("shows a tag that somebody added, and a default that somebody changed, as the resource's", () => {
    expect(foundTags(known, { Name: "web", ManagedBy: "hand", Owner: "somebody" })).to.deep.equal({
      tags: { Name: "web", ManagedBy: "hand", Owner: "somebody" },
      tagsAll: { Name: "web", ManagedBy: "hand", Owner: "somebody" },
    });
  });

  it("leaves out the tags that AWS itself sets", () => {
    expect(foundTags({}, { "aws:cloudformation:stack-name": "x" })).to.deep.equal({ tags: undefined, tagsAll: {} });
  });
});

describe("tagChanges", () => {
  it("puts what is new or different and drops what is no longer wanted", () => {
    const after = { tagsAll: { Name: "renamed", ManagedBy: "slipway", Tier: "front" } };

    expect(tagChanges({ tagsAll: { ...known.tagsAll, Old: "x" } }, after)).to.deep.equal({
      put: { Name: "renamed", Tier: "front" },
      drop: ["Old"],
    });
  });
});
