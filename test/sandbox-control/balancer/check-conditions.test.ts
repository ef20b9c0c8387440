import { expect } from "chai";
import { checkConditions } from "../../../sandbox/balancer/api/check-conditions";

const path = (...Values: readonly string[]): object => ({ Field: "path-pattern", PathPatternConfig: { Values } });

const codeOf = (Conditions: unknown, isRequired = true): unknown => {
  try {
    checkConditions({ Conditions }, isRequired);
    return "no error";
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

const wrong: readonly (readonly [string, unknown])[] = [
  ["no condition", ""],
  ["conditions that are none", "x"],
  ["a condition without a value", [path()]],
  ["two paths", [path("/a"), path("/b")]],
  ["six values", [path("/1", "/2", "/3", "/4", "/5", "/6")]],
  ["six wildcards", [path("/*?*?*?")]],
  ["a host without a dot", [{ Field: "host-header", Values: ["shop"] }]],
  ["the host as a header", [{ Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "Host", Values: ["x"] } }]],
  ["the address of nobody", [{ Field: "source-ip", SourceIpConfig: { Values: ["255.255.255.255/32"] } }]],
];

describe("checkConditions", () => {
  for (const [what, given] of wrong) {
    it(`refuses a new rule with ${what}`, () => expect(codeOf(given)).to.equal("ValidationError"));
  }

  it("takes each of the conditions that there are", () => {
    const all = [
      { Field: "host-header", HostHeaderConfig: { Values: ["*.shop.example"] }, Values: ["*.shop.example"] },
      path("/*"),
      { Field: "http-request-method", HttpRequestMethodConfig: { Values: ["GET"] } },
      { Field: "query-string", QueryStringConfig: { Values: [{ Key: "a", Value: "b" }] } },
      { Field: "source-ip", SourceIpConfig: { Values: ["10.0.0.0/8"] } },
    ];
    expect(codeOf(all)).to.equal("no error");
  });

  it("lets a rule that is changed keep those it has", () => {
    expect([codeOf(undefined, false), codeOf("", false)]).to.deep.equal(["no error", "no error"]);
  });
});
