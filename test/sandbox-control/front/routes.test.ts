import { expect } from "chai";
import { passThrough } from "../../../sandbox/front/pass-through";
import { handlerFor } from "../../../sandbox/front/routes";

describe("handlerFor", () => {
  const handle = async (): Promise<void> => undefined;

  it("gives a service its own handler when the table has one", () => {
    expect(handlerFor("ecs", { ecs: { reason: "deployments", handle } })).to.equal(handle);
  });

  it("sends everything else to moto, and a name that every object has as well", () => {
    expect(["iam", "toString", "__proto__"].map((service) => handlerFor(service, {}))).to.deep.equal([
      passThrough,
      passThrough,
      passThrough,
    ]);
  });
});
