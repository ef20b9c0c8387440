import { CreateSubnetCommand, CreateVpcCommand } from "@aws-sdk/client-ec2";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  DeleteRuleCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  ModifyListenerCommand,
  ModifyRuleCommand,
  ModifyTargetGroupAttributesCommand,
  SetRulePrioritiesCommand,
  type Listener,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { targetGroup } from "./shop";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];

describe("listeners and rules of the sandbox", function () {
  this.timeout(60_000);
  let cloud: LiveCloud;
  let balancers: readonly string[];
  let groups: readonly [string, string, string];
  let listener: Listener | undefined;
  let certificate: string;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, "100000000035");
    const vpc = (await cloud.ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }))).Vpc?.VpcId ?? "";
    const Subnets = await Promise.all(
      ["a", "b"].map(async (zone, index) => {
        const subnet = { VpcId: vpc, CidrBlock: `10.9.${index}.0/24`, AvailabilityZone: `${cloud.region}${zone}` };
        return (await cloud.ec2.send(new CreateSubnetCommand(subnet))).Subnet?.SubnetId ?? "";
      }),
    );
    balancers = await Promise.all(
      ["rules-one", "rules-two"].map(
        async (Name) =>
          (await cloud.elb.send(new CreateLoadBalancerCommand({ Name, Subnets }))).LoadBalancers?.[0]
            ?.LoadBalancerArn ?? "",
      ),
    );
    groups = [
      await targetGroup(cloud, "rules-blue", vpc),
      await targetGroup(cloud, "rules-green", vpc),
      await targetGroup(cloud, "rules-idle", vpc),
    ];
    certificate = await requestCertificate();
    const made = await cloud.elb.send(secure(balancers[0], groups[0]));
    listener = made.Listeners?.[0];
  });

  /** There is no client of ACM here; its protocol is plain JSON. */
  const requestCertificate = async (): Promise<string> => {
    const answer = await fetch(endpoint ?? "", {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "CertificateManager.RequestCertificate",
        authorization: `AWS4-HMAC-SHA256 Credential=SANDBOX${cloud.account}/20260101/${cloud.region}/acm/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify({ DomainName: "shop.example" }),
    });
    return ((await answer.json()) as { CertificateArn: string }).CertificateArn;
  };
  const secure = (LoadBalancerArn: string | undefined, TargetGroupArn: string) =>
    new CreateListenerCommand({
      LoadBalancerArn,
      Port: 443,
      Protocol: "HTTPS",
      Certificates: [{ CertificateArn: certificate }],
      DefaultActions: [{ Type: "forward", TargetGroupArn }],
    });
  const rulesOf = async () =>
    (await cloud.elb.send(new DescribeRulesCommand({ ListenerArn: listener?.ListenerArn }))).Rules ?? [];
  /** Code of the answer, as AWS writes it. */
  const codeOf = async (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => "no error",
      (error: { name: string }) => error.name.replace(/Exception$/, ""),
    );

  it("keep the default rule where and as it is", async () => {
    const [{ RuleArn } = {}] = await rulesOf();
    const Actions = [{ Type: "forward" as const, TargetGroupArn: groups[1] }];

    expect([
      await codeOf(cloud.elb.send(new ModifyRuleCommand({ RuleArn, Actions }))),
      await codeOf(cloud.elb.send(new DeleteRuleCommand({ RuleArn }))),
      await codeOf(cloud.elb.send(new SetRulePrioritiesCommand({ RulePriorities: [{ RuleArn, Priority: 3 }] }))),
      await codeOf(cloud.elb.send(new DeleteRuleCommand({ RuleArn: `${RuleArn ?? ""}0` }))),
    ]).to.deep.equal(["OperationNotPermitted", "OperationNotPermitted", "OperationNotPermitted", "RuleNotFound"]);
  });

  it("belong to one port and one load balancer, with their target groups", async () => {
    expect([
      await codeOf(cloud.elb.send(secure(balancers[0], groups[1]))),
      await codeOf(cloud.elb.send(secure(balancers[1], groups[0]))),
    ]).to.deep.equal(["DuplicateListener", "TargetGroupAssociationLimit"]);
  });

  it("tell a lone target group with its weight, and a target group its load balancer once, while a rule uses it", async () => {
    const used = async () =>
      (await cloud.elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [...groups] }))).TargetGroups?.map(
        ({ LoadBalancerArns }) => LoadBalancerArns ?? [],
      );
    const [rule] = await rulesOf();
    const made = await cloud.elb.send(
      new CreateRuleCommand({
        ListenerArn: listener?.ListenerArn,
        Priority: 5,
        Conditions: [{ Field: "path-pattern", Values: ["/x"] }],
        Actions: [{ Type: "forward", TargetGroupArn: groups[1] }],
      }),
    );
    const during = await used();
    await cloud.elb.send(new DeleteRuleCommand({ RuleArn: made.Rules?.[0]?.RuleArn }));

    expect(rule?.Actions).to.deep.equal([
      {
        Type: "forward",
        TargetGroupArn: groups[0],
        ForwardConfig: {
          TargetGroups: [{ TargetGroupArn: groups[0], Weight: 1 }],
          TargetGroupStickinessConfig: { Enabled: false },
        },
      },
    ]);
    expect([during, await used()]).to.deep.equal([
      [[balancers[0]], [balancers[0]], []],
      [[balancers[0]], [], []],
    ]);
  });

  it("take new weights for the default action of an HTTPS listener, from a driver and from somebody else", async () => {
    const weights = async () =>
      (await rulesOf())[0]?.Actions?.[0]?.ForwardConfig?.TargetGroups?.map(({ Weight }) => Weight);
    const TargetGroups = [
      { TargetGroupArn: groups[0], Weight: 90 },
      { TargetGroupArn: groups[1], Weight: 10 },
    ];
    const DefaultActions = [{ Type: "forward" as const, ForwardConfig: { TargetGroups } }];
    await cloud.elb.send(new ModifyListenerCommand({ ListenerArn: listener?.ListenerArn, DefaultActions }));
    const byDriver = await weights();
    const { account, region } = cloud;
    const value = listener?.ListenerArn;
    const other = { kind: "change-weights", value, account, region, weights: "rules-blue=0,rules-green=100" };
    await cloud.control("POST", "fault", other);

    expect([byDriver, await weights()]).to.deep.equal([
      [90, 10],
      [0, 100],
    ]);
  });

  it("tell all their attributes, and take the longest deregistration delay", async () => {
    const { Attributes = [] } = await cloud.elb.send(
      new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: balancers[0] }),
    );
    const Key = "deregistration_delay.timeout_seconds";
    const delay = async (Value: string) =>
      codeOf(
        cloud.elb.send(
          new ModifyTargetGroupAttributesCommand({ TargetGroupArn: groups[2], Attributes: [{ Key, Value }] }),
        ),
      );

    expect(Attributes.find((one) => one.Key === "idle_timeout.timeout_seconds")?.Value).to.equal("60");
    expect([await delay("3600"), await delay("3601")]).to.deep.equal(["no error", "ValidationError"]);
  });
});
