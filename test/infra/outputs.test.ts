import { expect } from "chai";
import { endpointOutputName, outputDescriptions } from "../../infra/outputs";

describe("outputDescriptions", () => {
  it("says in a sentence what each output is", () => {
    const unclear = Object.entries(outputDescriptions).filter(([, text]) => !/^[A-Z].*\.$/.test(text));

    expect(unclear).to.deep.equal([]);
  });

  it("has the names that documents and scripts read", () => {
    expect(outputDescriptions).to.include.all.keys(
      "VpcId",
      "LoadBalancerDNS",
      "AlbSecurityGroupId",
      "EcsSecurityGroupId",
      "DbSecurityGroupId",
      "TargetGroupArn",
      "DbInstanceId",
      "DbEndpoint",
      "DbPort",
      "DbName",
      "DbSecretArn",
      "ClusterName",
      "ServiceName",
    );
  });
});

describe("endpointOutputName", () => {
  for (const [service, name] of [
    ["agent", "AgentEndpoint"],
    ["customer-portal", "CustomerPortalEndpoint"],
    ["web2", "Web2Endpoint"],
  ] as const) {
    it(`names the endpoint of ${service} ${name}`, () => {
      expect(endpointOutputName(service)).to.equal(name);
    });
  }
});
