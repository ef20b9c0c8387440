import { expect } from "chai";
import { commonScope, relativeTo, splitLast, valuesAt } from "../../sandbox/facts/property-path";
import { unknown } from "../../sandbox/facts/property-value";

describe("property paths", () => {
  it("find every value of a pattern with its concrete path", () => {
    const inputs = { rules: [{ port: 1 }, {}, unknown], other: unknown };

    expect(valuesAt(inputs, "rules[*].port")).to.deep.equal([
      { path: "rules[0].port", value: 1 },
      { path: "rules[1].port", value: undefined },
    ]);
    expect(valuesAt(inputs, "other.port")).to.deep.equal([]);
    expect(valuesAt(inputs, "")).to.deep.equal([{ path: "", value: inputs }]);
  });

  it("find the object that holds several properties", () => {
    expect(commonScope(["actions[*].forward", "actions[*].targetGroupArn"])).to.equal("actions[*]");
    expect(commonScope(["protocol", "healthCheck.protocol"])).to.equal("");
    expect(commonScope(["spec.metrics", "spec.inner.metrics"])).to.equal("spec");
    expect(relativeTo("actions[*]", "actions[*].forward.targetGroups")).to.equal("forward.targetGroups");
    expect(splitLast("actions[*].forward.targetGroups")).to.deep.equal({
      parent: "actions[*].forward",
      name: "targetGroups",
    });
  });
});
