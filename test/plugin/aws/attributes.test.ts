import { expect } from "chai";
import { attributeChanges, type AttributeTable, fromAttributes } from "../../../sandbox/plugin/aws/attributes";

const table: AttributeTable = {
  idleTimeout: { key: "idle_timeout.timeout_seconds", type: "number" },
  enableHttp2: { key: "routing.http2.enabled", type: "boolean" },
  mode: { key: "routing.mode", type: "text" },
};

describe("attributeChanges", () => {
  it("sends what differs, and nothing that is not given", () => {
    expect(
      attributeChanges(table, { idleTimeout: 60, enableHttp2: true }, { idleTimeout: 30, enableHttp2: true }),
    ).to.deep.equal([{ Key: "idle_timeout.timeout_seconds", Value: "30" }]);
  });
});

describe("fromAttributes", () => {
  it("reads each setting in its own type and passes over what AWS does not list", () => {
    const entries = [
      { Key: "idle_timeout.timeout_seconds", Value: "30" },
      { Key: "routing.http2.enabled", Value: "false" },
    ];

    expect(fromAttributes(table, entries)).to.deep.equal({ idleTimeout: 30, enableHttp2: false });
  });
});
