import { expect } from "chai";
import { checkAtApply, checkAtDelete, checkInputs } from "../../sandbox/facts/check-inputs";
import { UnknownResourceType } from "../../sandbox/facts/facts";
import { database, listener, refused, rule, service, targetGroup } from "./refused-inputs";

type Inputs = Readonly<Record<string, unknown>>;

/** The engine's marks for values that are not known yet and for secrets. */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: unknown): Inputs => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("checkInputs", () => {
  for (const { name, type, inputs, at, reason } of refused) {
    it(`refuses ${name}`, () => {
      expect(checkInputs(type, inputs)).to.deep.equal([{ property: at, reason }]);
    });
  }

  const accepted: readonly { readonly name: string; readonly type: string; readonly inputs: Inputs }[] = [
    {
      name: "a required property that is not known yet",
      type: "aws:iam/role:Role",
      inputs: { assumeRolePolicy: unknownValue },
    },
    {
      name: "a value that is not known yet",
      type: "aws:ecs/service:Service",
      inputs: { ...service, launchType: unknownValue },
    },
    {
      name: "an unknown value where exactly one is needed",
      type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      inputs: { securityGroupId: unknownValue, ipProtocol: "-1", referencedSecurityGroupId: unknownValue },
    },
    { name: "nested requirements of a block that is absent", type: "aws:ecs/service:Service", inputs: service },
    { name: "a multiple", type: "aws:lb/targetGroup:TargetGroup", inputs: { ...targetGroup, slowStart: 30 } },
    {
      name: "any case where case does not matter",
      type: "aws:lb/targetGroup:TargetGroup",
      inputs: { ...targetGroup, protocol: "http" },
    },
    {
      name: "an empty list beside what it excludes",
      type: "aws:lb/loadBalancer:LoadBalancer",
      inputs: { subnets: ["a"], subnetMappings: [] },
    },
    {
      name: "a null as an absent value",
      type: "aws:rds/instance:Instance",
      inputs: { ...database, manageMasterUserPassword: null },
    },
    {
      name: "a forward block and the same single group beside it",
      type: "aws:lb/listenerRule:ListenerRule",
      inputs: {
        ...rule,
        actions: [{ type: "forward", targetGroupArn: "arn:aws:t", forward: { targetGroups: [{ arn: "arn:aws:t" }] } }],
      },
    },
    {
      name: "deletion at once, beside the range of days",
      type: "aws:secretsmanager/secret:Secret",
      inputs: { recoveryWindowInDays: 0 },
    },
    { name: "what only AWS refuses", type: "aws:rds/instance:Instance", inputs: { instanceClass: "db.t4g.micro" } },
  ];
  for (const { name, type, inputs } of accepted) {
    it(`accepts ${name}`, () => {
      expect(checkInputs(type, inputs)).to.deep.equal([]);
    });
  }

  it("looks into a secret, but never repeats it", () => {
    const failures = checkInputs("aws:secretsmanager/secretVersion:SecretVersion", {
      secretId: "s",
      secretBinary: secret("not base64!"),
    });

    expect(failures).to.deep.equal([
      { property: "secretBinary", reason: "expected secretBinary to be base64 encoded, got a secret value" },
    ]);
  });

  it("names the file for a type that nothing is known about", () => {
    expect(() => checkInputs("aws:sqs/queue:Queue", {})).to.throw(
      UnknownResourceType,
      "No facts about resource type aws:sqs/queue:Queue: add it to sandbox/facts/data/aws-sqs.json",
    );
  });
});

describe("checkAtApply", () => {
  it("refuses what passes a preview and fails at AWS", () => {
    const listenerWithoutCertificate = {
      ...listener,
      protocol: "HTTPS",
      defaultActions: [{ type: "forward", targetGroupArn: "arn:aws:t" }],
    };

    expect(checkInputs("aws:lb/listener:Listener", listenerWithoutCertificate)).to.deep.equal([]);
    expect(checkAtApply("aws:lb/listener:Listener", listenerWithoutCertificate)).to.deep.equal([
      { property: "certificateArn", reason: '"certificateArn" is required when protocol is HTTPS or TLS' },
    ]);
  });

  it("refuses a target tracking policy that does not say so", () => {
    const policy = {
      resourceId: "r",
      scalableDimension: "d",
      serviceNamespace: "ecs",
      targetTrackingScalingPolicyConfiguration: { targetValue: 60 },
    };

    expect(checkAtApply("aws:appautoscaling/policy:Policy", policy)).to.deep.equal([
      {
        property: "targetTrackingScalingPolicyConfiguration",
        reason: '"targetTrackingScalingPolicyConfiguration": policyType must be TargetTrackingScaling',
      },
    ]);
  });
});

describe("checkAtDelete", () => {
  it("refuses to remove a database whose last snapshot has no name", () => {
    expect(checkAtDelete("aws:rds/instance:Instance", database)).to.deep.equal([
      {
        property: "finalSnapshotIdentifier",
        reason: '"finalSnapshotIdentifier" is required when skipFinalSnapshot is false',
      },
    ]);
    expect(checkAtDelete("aws:rds/instance:Instance", { ...database, skipFinalSnapshot: true })).to.deep.equal([]);
  });
});
