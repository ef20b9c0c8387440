import { expect } from "chai";
import type { Properties } from "../../../sandbox/plugin/handler";
import { currentInputs, read } from "../../../sandbox/plugin/lifecycle/read";
import { FakeCloud, fakeSession, secretOf, urnOf } from "./fake-session";

const type = "aws:ec2/securityGroup:SecurityGroup";

describe("read", () => {
  it("says that a resource is gone", async () => {
    const request = { id: "sg-1", urn: urnOf(type, "web"), properties: { id: "sg-1" }, inputs: { description: "d" } };

    expect(await read(fakeSession(new FakeCloud()), request)).to.equal(undefined);
  });

  it("gives secrets back as secrets, in outputs and inputs", async () => {
    const cloud = new FakeCloud();
    cloud.resources.set("db-1", { password: "hush", instanceClass: "large" });
    const inputs = { password: secretOf("hush"), instanceClass: "small" };

    expect(
      await read(fakeSession(cloud), {
        id: "db-1",
        urn: urnOf("aws:rds/instance:Instance", "db"),
        properties: inputs,
        inputs,
      }),
    ).to.deep.equal({
      properties: { password: secretOf("hush"), instanceClass: "large", id: "db-1", arn: "arn:aws:db-1" },
      inputs: { password: secretOf("hush"), instanceClass: "large" },
    });
  });

  it("takes over as inputs what can be an input when a resource is imported", async () => {
    const cloud = new FakeCloud();
    cloud.resources.set("sg-1", { name: "web", description: "d", ownerId: "1", tags: { A: "1" }, tagsAll: { A: "1" } });
    const found = await read(fakeSession(cloud), { id: "sg-1", urn: urnOf(type, "web"), properties: {}, inputs: {} });

    expect(found?.inputs).to.deep.equal({ name: "web", description: "d", tags: { A: "1" } });
  });
});

describe("currentInputs", () => {
  const cases: readonly {
    readonly name: string;
    readonly known: Properties;
    readonly outputs: Properties;
    readonly inputs: Properties;
  }[] = [
    {
      name: "keeps the program's wording of what means the same",
      known: { ingress: [{ fromPort: 80, cidrBlocks: ["a", "b"] }, { fromPort: 443 }] },
      outputs: {
        ingress: [
          { fromPort: 443, self: false },
          { fromPort: 80, cidrBlocks: ["b", "a"] },
        ],
      },
      inputs: { ingress: [{ fromPort: 80, cidrBlocks: ["a", "b"] }, { fromPort: 443 }] },
    },
    {
      name: "takes over a changed value, and only the fields that were asked for",
      known: { ingress: [{ fromPort: 80 }] },
      outputs: { ingress: [{ fromPort: 81, description: "AWS says" }] },
      inputs: { ingress: [{ fromPort: 81 }] },
    },
    {
      name: "sees a tag that somebody added",
      known: { tags: { A: "1" }, tagsAll: { A: "1", P: "p" } },
      outputs: { tags: { A: "1", B: "2" }, tagsAll: { A: "1", B: "2", P: "p" } },
      inputs: { tags: { A: "1", B: "2" }, tagsAll: { A: "1", B: "2", P: "p" } },
    },
    {
      name: "sees a value that was taken away",
      known: { description: "d", revokeRulesOnDelete: true },
      outputs: { description: undefined },
      inputs: { revokeRulesOnDelete: true },
    },
    {
      name: "takes up nothing that the program never said",
      known: { name: "n" },
      outputs: { name: "n", ownerId: "1" },
      inputs: { name: "n" },
    },
  ];
  for (const { name, known, outputs, inputs } of cases) {
    it(name, () => {
      expect(currentInputs(type, known, outputs)).to.deep.equal(inputs);
    });
  }
});
