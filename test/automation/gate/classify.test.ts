import { expect } from "chai";
import { classify, removals } from "../../../automation/gate/classify";
import { gateRules } from "../../../automation/gate/rules";
import type { Change, Op } from "../../../automation/model/change";
import { aChange } from "../../_helpers/a-change";

const instance = "aws:rds/instance:Instance";
const service = "aws:ecs/service:Service";
const group = "aws:ec2/securityGroup:SecurityGroup";
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

type Kind = "pass" | "warn" | "block";
type Row = readonly [type: string, create: Kind, update: Kind, replace: Kind, remove: Kind];

/** What a change of each type means on a stack that has been deployed before. */
const table: readonly Row[] = [
  [service, "pass", "warn", "block", "block"],
  ["aws:route53/record:Record", "pass", "warn", "block", "block"],
  ["aws:route53/zone:Zone", "pass", "warn", "block", "block"],
  ["aws:acm/certificate:Certificate", "pass", "warn", "block", "block"],
  ["aws:acm/certificateValidation:CertificateValidation", "pass", "warn", "block", "block"],
  [group, "pass", "pass", "block", "block"],
  [instance, "pass", "warn", "block", "block"],
  ["aws:rds/cluster:Cluster", "pass", "warn", "block", "block"],
  ["aws:lb/loadBalancer:LoadBalancer", "pass", "warn", "block", "block"],
  ["aws:alb/loadBalancer:LoadBalancer", "pass", "warn", "block", "block"],
  ["aws:secretsmanager/secret:Secret", "pass", "warn", "block", "block"],
  [ingress, "warn", "warn", "warn", "warn"],
  ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "warn", "warn", "warn", "warn"],
  ["aws:ec2/securityGroupRule:SecurityGroupRule", "warn", "warn", "warn", "warn"],
  ["aws:iam/role:Role", "warn", "warn", "warn", "warn"],
  ["aws:iam/rolePolicy:RolePolicy", "warn", "warn", "warn", "warn"],
  ["aws:ecs/taskDefinition:TaskDefinition", "pass", "pass", "pass", "warn"],
  ["aws:secretsmanager/secretVersion:SecretVersion", "pass", "pass", "pass", "warn"],
  ["aws:sns/topic:Topic", "pass", "pass", "warn", "warn"],
  ["random:index/randomPassword:RandomPassword", "pass", "pass", "warn", "warn"],
  ["pulumi:providers:aws", "pass", "pass", "warn", "warn"],
];

const judge = (changes: readonly Change[], firstDeployment = false): string =>
  classify({ changes, firstDeployment }).kind;

describe("classify", () => {
  for (const [type, create, update, replace, remove] of table) {
    const expected: readonly (readonly [Op, Kind])[] = [
      ["create", create],
      ["update", update],
      ["replace", replace],
      ["delete", remove],
    ];
    for (const [op, kind] of expected) {
      it(`says ${kind} to ${op} of ${type}`, () => {
        expect(judge([aChange({ type, op })])).to.equal(kind);
      });
    }
    for (const op of ["same", "read", "refresh", "discard"] as const) {
      it(`says pass to ${op} of ${type}`, () => {
        expect(judge([aChange({ type, op })])).to.equal("pass");
      });
    }
    it(`says block to an operation on ${type} that it does not know`, () => {
      expect(judge([aChange({ type, op: "other" })])).to.equal("block");
    });
    it(`says block when ${type} is not protected any more`, () => {
      const unprotected = (["create", "update", "replace", "delete", "same"] as const).map((op) =>
        judge([aChange({ type, op, wasProtected: true })]),
      );
      expect(unprotected).to.deep.equal(["block", "block", "block", "block", "block"]);
    });
  }

  for (const type of table.map(([name]) => name)) {
    it(`lets new tags on ${type} pass`, () => {
      expect(judge([aChange({ type, op: "update", diffs: ["tags", "tagsAll.Owner"] })])).to.equal("pass");
    });
  }

  it("does not take tags beside another key for new tags", () => {
    expect(judge([aChange({ type: instance, op: "update", diffs: ["tags", "instanceClass"] })])).to.equal("warn");
  });

  it("does not take an update without known differences for new tags", () => {
    expect(judge([aChange({ type: instance, op: "update", diffs: [] })])).to.equal("warn");
  });

  it("lets a service follow its new task definition", () => {
    expect(judge([aChange({ type: service, op: "update", diffs: ["tags", "taskDefinition"] })])).to.equal("pass");
  });

  it("names both dangers of a database that is replaced and not protected any more", () => {
    const verdict = classify({
      changes: [aChange({ type: instance, op: "replace", wasProtected: true })],
      firstDeployment: false,
    });
    expect(verdict.kind === "block" && verdict.blocks.map(({ rule: id }) => id)).to.deep.equal([
      "protection-removed",
      "database-replaced",
    ]);
  });

  it("warns when a service gets more than a new task definition", () => {
    expect(judge([aChange({ type: service, op: "update", diffs: ["taskDefinition", "desiredCount"] })])).to.equal(
      "warn",
    );
  });

  it("lets rights of a first deployment pass, and only their creation", () => {
    const kinds = (["create", "update", "replace", "delete"] as const).map((op) =>
      judge([aChange({ type: "aws:iam/role:Role", op })], true),
    );
    expect(kinds).to.deep.equal(["pass", "warn", "warn", "warn"]);
  });

  const notKnownYet = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const rule = (securityGroupId: unknown): Change =>
    aChange({ type: ingress, op: "create", newInputs: { securityGroupId } });

  it("lets rules of a group that is made in the same run pass", () => {
    expect(judge([aChange({ type: group, op: "create" }), rule(notKnownYet)])).to.equal("pass");
  });

  it("warns of a new rule on a group that is in use, also when another group is made in the same run", () => {
    expect(judge([aChange({ type: group, op: "create" }), rule("sg-0123456789abcdef0")])).to.equal("warn");
  });

  it("warns of a new rule on a group that is not known when no group is made", () => {
    expect(judge([rule(notKnownYet)])).to.equal("warn");
  });

  for (const key of ["ingress", "egress"]) {
    it(`warns when a group's inline ${key} rules change`, () => {
      expect(judge([aChange({ type: group, op: "update", diffs: [key] })])).to.equal("warn");
    });
  }

  it("warns of a resource that is taken over from elsewhere", () => {
    expect(judge([aChange({ type: "aws:sns/topic:Topic", op: "import" })])).to.equal("warn");
  });

  it("does not judge components", () => {
    expect(
      judge([aChange({ type: "slipway:database:Database", op: "delete", custom: false, wasProtected: true })]),
    ).to.equal("pass");
  });

  it("lets protection be put on", () => {
    expect(judge([aChange({ type: instance, op: "same", isProtected: true })])).to.equal("pass");
  });

  it("names rule and danger of every finding, those that block first", () => {
    const database = aChange({ type: instance, op: "replace", name: "db" });
    const topic = aChange({ type: "aws:sns/topic:Topic", op: "delete", name: "alarms" });

    const verdict = classify({ changes: [topic, database], firstDeployment: false });

    const row = (id: string): { rule: string; danger: string; why: string } => {
      const found = gateRules.find((candidate) => candidate.id === id);
      return { rule: id, danger: found?.danger ?? "", why: found?.why ?? "" };
    };
    expect(verdict).to.deep.equal({
      kind: "block",
      blocks: [{ urn: database.urn, name: "db", type: instance, op: "replace", ...row("database-replaced") }],
      warnings: [{ urn: topic.urn, name: "alarms", type: "aws:sns/topic:Topic", op: "delete", ...row("removed") }],
    });
  });

  it("has an empty verdict for nothing", () => {
    expect(classify({ changes: [], firstDeployment: false })).to.deep.equal({ kind: "pass" });
  });
});

describe("removals", () => {
  it("lists replacements and deletions of resources, and nothing else", () => {
    const changes = (["create", "update", "replace", "delete", "same"] as const).map((op) =>
      aChange({ type: "aws:sns/topic:Topic", op, name: op }),
    );
    const component = aChange({ type: "slipway:alarms:Alarms", op: "delete", custom: false });

    expect(removals([...changes, component]).map(({ name }) => name)).to.deep.equal(["replace", "delete"]);
  });
});

describe("gateRules", () => {
  it("has a danger and a reason for every rule, and no id twice", () => {
    expect(gateRules.filter(({ danger, why }) => danger === "" || why === "")).to.deep.equal([]);
    expect(new Set(gateRules.map(({ id }) => id)).size).to.equal(gateRules.length);
  });
});
