import { expect } from "chai";
import { diff, RefusedChange } from "../../sandbox/facts/diff";
import { diffCases } from "./diff-cases";
import { sameMeaningCases } from "./same-meaning-cases";

describe("diff", () => {
  for (const { name, type, old, next, changed, replaces = [], deleteBeforeReplace = false } of [
    ...diffCases,
    ...sameMeaningCases,
  ]) {
    it(`judges ${name}`, () => {
      const { details, ...result } = diff(type, old, next, "eu-central-1");

      expect(result).to.deep.equal({ changed, replaces, deleteBeforeReplace });
      expect(details.length > 0).to.equal(changed.length > 0);
    });
  }

  it("tells each changed place of a nested list", () => {
    const { details } = diff(
      "aws:ec2/securityGroup:SecurityGroup",
      {
        ingress: [
          { fromPort: 80, toPort: 80 },
          { fromPort: 22, toPort: 22 },
        ],
        tags: { A: "1", B: "2" },
      },
      { ingress: [{ fromPort: 80, toPort: 81 }], tags: { A: "3", C: "4" } },
      "eu-central-1",
    );

    expect(details).to.deep.equal([
      { path: "ingress[0].toPort", kind: "update", replaces: false },
      { path: "ingress[1]", kind: "delete", replaces: false },
      { path: "tags.A", kind: "update", replaces: false },
      { path: "tags.B", kind: "delete", replaces: false },
      { path: "tags.C", kind: "add", replaces: false },
    ]);
  });

  it("refuses other capacity providers without a forced deployment", () => {
    const change = (force: boolean) => () =>
      diff(
        "aws:ecs/service:Service",
        { capacityProviderStrategies: [{ capacityProvider: "FARGATE" }], forceNewDeployment: force },
        { capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT" }], forceNewDeployment: force },
        "eu-central-1",
      );

    expect(change(false)).to.throw(RefusedChange);
    expect(change(true)().replaces).to.deep.equal([]);
  });
});
