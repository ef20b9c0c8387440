import { unknown } from "../../sandbox/facts/property-value";

type Inputs = Readonly<Record<string, unknown>>;

/** A change of checked inputs and what the provider makes of it, in region eu-central-1. */
export interface DiffCase {
  readonly name: string;
  readonly type: string;
  readonly old: Inputs;
  readonly next: Inputs;
  readonly changed: readonly string[];
  readonly replaces?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
}

const policy = (action: string | readonly string[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

/** The types whose changes matter most, and each kind of comparison. */
export const diffCases: readonly DiffCase[] = [
  {
    name: "a service's new task definition",
    type: "aws:ecs/service:Service",
    old: { taskDefinition: "arn:aws:ecs:eu:1:task-definition/web:1" },
    next: { taskDefinition: "web:2" },
    changed: ["taskDefinition"],
  },
  {
    name: "a service's other cluster",
    type: "aws:ecs/service:Service",
    old: { name: "web", cluster: "a" },
    next: { name: "web", cluster: "b" },
    changed: ["cluster"],
    replaces: ["cluster"],
    deleteBeforeReplace: true,
  },
  {
    name: "the other cluster of a service with an automatic name",
    type: "aws:ecs/service:Service",
    old: { name: "web-1234567", cluster: "a" },
    next: { name: "web-1234567", cluster: "b", __defaults: ["name"] },
    changed: ["cluster"],
    replaces: ["cluster"],
  },
  {
    name: "a desired count that goes to nothing",
    type: "aws:ecs/service:Service",
    old: { desiredCount: 2 },
    next: { desiredCount: 0 },
    changed: ["desiredCount"],
  },
  {
    name: "a container's new image",
    type: "aws:ecs/taskDefinition:TaskDefinition",
    old: { containerDefinitions: '[{"name":"web","image":"a:1"}]' },
    next: { containerDefinitions: '[{"name":"web","image":"a:2"}]' },
    changed: ["containerDefinitions"],
    replaces: ["containerDefinitions"],
  },
  {
    name: "a command in another order",
    type: "aws:ecs/taskDefinition:TaskDefinition",
    old: { containerDefinitions: '[{"name":"web","command":["a","b"]}]' },
    next: { containerDefinitions: '[{"name":"web","command":["b","a"]}]' },
    changed: ["containerDefinitions"],
    replaces: ["containerDefinitions"],
  },
  {
    name: "a named target group's port",
    type: "aws:lb/targetGroup:TargetGroup",
    old: { name: "web", port: 80 },
    next: { name: "web", port: 81 },
    changed: ["port"],
    replaces: ["port"],
    deleteBeforeReplace: true,
  },
  {
    name: "a target group's health check",
    type: "aws:lb/targetGroup:TargetGroup",
    old: { healthCheck: { path: "/", interval: 30 } },
    next: { healthCheck: { path: "/health", interval: 30 } },
    changed: ["healthCheck"],
  },
  {
    name: "a database's class, and its engine's minor version",
    type: "aws:rds/instance:Instance",
    old: { instanceClass: "a", engineVersion: "15.4" },
    next: { instanceClass: "b", engineVersion: "15.5" },
    changed: ["instanceClass", "engineVersion"],
  },
  {
    name: "a database that is to be encrypted",
    type: "aws:rds/instance:Instance",
    old: { identifier: "db", storageEncrypted: false },
    next: { identifier: "db", storageEncrypted: true },
    changed: ["storageEncrypted"],
    replaces: ["storageEncrypted"],
    deleteBeforeReplace: true,
  },
  {
    name: "a nested property of a block that appears",
    type: "aws:rds/instance:Instance",
    old: {},
    next: { s3Import: { bucketName: "b" } },
    changed: ["s3Import"],
    replaces: ["s3Import"],
  },
  {
    name: "a new secret value",
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    old: { secretId: "s", secretString: "a" },
    next: { secretId: "s", secretString: "b" },
    changed: ["secretString"],
    replaces: ["secretString"],
  },
  {
    name: "a security group's description",
    type: "aws:ec2/securityGroup:SecurityGroup",
    old: { description: "a" },
    next: { description: "b" },
    changed: ["description"],
    replaces: ["description"],
  },
  {
    name: "another network in a rule",
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    old: { cidrIpv4: "10.0.0.0/8" },
    next: { cidrIpv4: "10.0.0.0/16" },
    changed: ["cidrIpv4"],
  },
  {
    name: "another kind of source in a rule",
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    old: { cidrIpv4: "10.0.0.0/8" },
    next: { referencedSecurityGroupId: "sg-1" },
    changed: ["cidrIpv4", "referencedSecurityGroupId"],
    replaces: ["cidrIpv4", "referencedSecurityGroupId"],
  },
  {
    name: "a policy with one action more",
    type: "aws:iam/policy:Policy",
    old: { policy: policy("s3:GetObject") },
    next: { policy: policy(["s3:GetObject", "s3:PutObject"]) },
    changed: ["policy"],
  },
  {
    name: "naming the provider's own region",
    type: "aws:ec2/vpc:Vpc",
    old: {},
    next: { region: "eu-central-1" },
    changed: ["region"],
  },
  {
    name: "another region",
    type: "aws:ec2/vpc:Vpc",
    old: {},
    next: { region: "us-east-1" },
    changed: ["region"],
    replaces: ["region"],
  },
  {
    name: "a replacing property that is not known yet",
    type: "aws:ec2/subnet:Subnet",
    old: { vpcId: "vpc-1" },
    next: { vpcId: unknown },
    changed: ["vpcId"],
    replaces: ["vpcId"],
  },
  {
    name: "an application load balancer's subnets",
    type: "aws:lb/loadBalancer:LoadBalancer",
    old: { subnets: ["a", "b"], loadBalancerType: "application" },
    next: { subnets: ["b", "c"], loadBalancerType: "application" },
    changed: ["subnets"],
  },
  {
    name: "a network load balancer's swapped subnet",
    type: "aws:lb/loadBalancer:LoadBalancer",
    old: { subnets: ["a", "b"], loadBalancerType: "network" },
    next: { subnets: ["b", "c"], loadBalancerType: "network" },
    changed: ["subnets"],
    replaces: ["subnets"],
  },
  {
    name: "a network load balancer's further subnet",
    type: "aws:lb/loadBalancer:LoadBalancer",
    old: { subnets: ["a"], loadBalancerType: "network" },
    next: { subnets: ["b", "a"], loadBalancerType: "network" },
    changed: ["subnets"],
  },
  {
    name: "an attachment's other role, whose name is all it has",
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    old: { role: "a", policyArn: "arn:aws:p" },
    next: { role: "b", policyArn: "arn:aws:p" },
    changed: ["role"],
    replaces: ["role"],
    deleteBeforeReplace: true,
  },
];
