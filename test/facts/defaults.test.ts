import { expect } from "chai";
import { withDefaults } from "../../sandbox/facts/defaults";
import { factsOf } from "../../sandbox/facts/facts";
import { unknown } from "../../sandbox/facts/property-value";

describe("withDefaults", () => {
  it("fills in what the program left open, and nothing in blocks that are not there", () => {
    expect(withDefaults(factsOf("aws:ecs/cluster:Cluster"), { name: "c" })).to.deep.equal({ name: "c" });
    expect(
      withDefaults(factsOf("aws:ec2/vpc:Vpc"), { cidrBlock: "10.0.0.0/16", enableDnsSupport: false }),
    ).to.deep.equal({
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: false,
      instanceTenancy: "default",
    });
  });

  it("fills in every item of a list, and leaves unknown blocks unknown", () => {
    const listener = {
      loadBalancerArn: unknown,
      defaultActions: [{ forward: { targetGroups: [{ arn: "a", weight: 5 }, { arn: "b" }] } }, unknown],
    };

    expect(withDefaults(factsOf("aws:lb/listener:Listener"), listener)).to.deep.equal({
      loadBalancerArn: unknown,
      defaultActions: [
        {
          forward: {
            targetGroups: [
              { arn: "a", weight: 5 },
              { arn: "b", weight: 1 },
            ],
          },
        },
        unknown,
      ],
    });
  });

  it("does not change the inputs it was given", () => {
    const inputs = Object.freeze({ networkConfiguration: Object.freeze({ subnets: ["a"] }) });

    expect(withDefaults(factsOf("aws:ecs/service:Service"), inputs)["networkConfiguration"]).to.deep.equal({
      subnets: ["a"],
      assignPublicIp: false,
    });
  });
});
