import { expect } from "chai";
import fc from "fast-check";
import { targetGroupName } from "../../../infra/load-balancer/target-groups";

describe("targetGroupName", () => {
  for (const [service, container, slot, name] of [
    ["agent", "agent", "blue", "agent-blue"],
    ["shop", "web", "green", "shop-web-green"],
    ["customer-portal", "customer-portal", "green", "customer-portal-green"],
  ] as const) {
    it(`is ${name} for container ${container} of ${service}`, () => {
      expect(targetGroupName({ service, container }, slot)).to.equal(name);
    });
  }

  const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/);

  it("leaves Pulumi its 8 of AWS' 32 characters, whatever the keys", () => {
    fc.assert(
      fc.property(key, key, fc.constantFrom("blue", "green"), (service, container, slot) => {
        expect(targetGroupName({ service, container }, slot)).to.match(/^(?=.{1,24}$)[a-z](?:[a-z0-9-]*[a-z0-9])?$/);
      }),
    );
  });

  it("tells two long names with the same beginning apart", () => {
    const [one, other] = ["one", "two"].map((container) =>
      targetGroupName({ service: "a-service-with-a-long-name", container }, "blue"),
    );

    expect(one).to.not.equal(other);
  });
});
