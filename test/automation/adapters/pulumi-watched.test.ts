import { expect } from "chai";
import { gateReadsSecrets, watchedBy } from "../../../automation/adapters/pulumi-watched";
import type { ExportedResource } from "../../../automation/adapters/pulumi-state";
import { secretOf } from "../../_helpers/secret-of";

const secret = secretOf("v1:abc");
const resource = (type: string, name: string, more: Partial<ExportedResource>): ExportedResource => ({
  urn: `urn:pulumi:staging::slipway::${type}::${name}`,
  type,
  ...more,
});
const watched = watchedBy([{ service: "web", slot: "green" }]);
const reads = (...resources: readonly ExportedResource[]): boolean => gateReadsSecrets({ resources }, watched);

describe("what the gate of a release reads", () => {
  it("is the slot's task definition and service, the rights to pull images, and the provider", () => {
    expect(watched).to.deep.equal([
      { type: "aws:ecs/taskDefinition:TaskDefinition", name: "web-task-green", isHeld: true },
      { type: "aws:ecs/service:Service", name: "web-service-green", isHeld: true },
      { type: "aws:iam/rolePolicy:RolePolicy", name: "web-execution-policy", isHeld: false },
      { type: "pulumi:providers:aws", name: "aws", isHeld: true },
    ]);
  });

  for (const [what, found, expected] of [
    [
      "a task definition of the slot",
      resource("aws:ecs/taskDefinition:TaskDefinition", "web-task-green", { inputs: { containerDefinitions: secret } }),
      true,
    ],
    ["the provider", resource("pulumi:providers:aws", "aws", { inputs: { defaultTags: { tags: [secret] } } }), true],
    ["the stack's outputs", resource("pulumi:pulumi:Stack", "slipway-staging", { outputs: { token: secret } }), true],
    [
      "another slot",
      resource("aws:ecs/taskDefinition:TaskDefinition", "web-task", { inputs: { containerDefinitions: secret } }),
      false,
    ],
    [
      "a password",
      resource("random:index/randomPassword:RandomPassword", "db", { outputs: { result: secret } }),
      false,
    ],
    [
      "a computed value only",
      resource("aws:ecs/service:Service", "web-service-green", { inputs: {}, outputs: { x: secret } }),
      false,
    ],
  ] as const)
    it(`${expected ? "holds" : "does not hold"} a secret that is in ${what}`, () => {
      expect(reads(found)).to.equal(expected);
    });

  it("holds no secret where nothing is deployed", () => {
    expect([reads(), gateReadsSecrets(null, watched), gateReadsSecrets({ resources: null }, watched)]).to.deep.equal([
      false,
      false,
      false,
    ]);
  });
});
