import type { DiffCase } from "./diff-cases";

const policy = (action: string | readonly string[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

/** Inputs that differ in their wording only. */
export const sameMeaningCases: readonly DiffCase[] = [
  {
    name: "equal inputs",
    type: "aws:ec2/vpc:Vpc",
    old: { cidrBlock: "10.0.0.0/16" },
    next: { cidrBlock: "10.0.0.0/16" },
    changed: [],
  },
  {
    name: "a task definition given by name instead of by ARN",
    type: "aws:ecs/service:Service",
    old: { taskDefinition: "arn:aws:ecs:eu:1:task-definition/web:1" },
    next: { taskDefinition: "web:1" },
    changed: [],
  },
  {
    name: "containers written another way",
    type: "aws:ecs/taskDefinition:TaskDefinition",
    old: {
      containerDefinitions: JSON.stringify([
        {
          name: "web",
          image: "a:1",
          environment: [
            { name: "A", value: "1" },
            { name: "B", value: "2" },
          ],
          portMappings: [{ containerPort: 80 }],
        },
        { name: "log", image: "b:1", essential: true, cpu: 0 },
      ]),
    },
    next: {
      containerDefinitions: JSON.stringify([
        { image: "b:1", name: "log", mountPoints: [] },
        {
          name: "web",
          image: "a:1",
          portMappings: [{ containerPort: 80, hostPort: 80, protocol: "tcp" }],
          environment: [
            { value: "2", name: "B" },
            { name: "A", value: "1" },
          ],
        },
      ]),
    },
    changed: [],
  },
  {
    name: "a value that AWS keeps when it is no longer given",
    type: "aws:rds/instance:Instance",
    old: { availabilityZone: "eu-central-1a" },
    next: {},
    changed: [],
  },
  {
    name: "inline rules in another order",
    type: "aws:ec2/securityGroup:SecurityGroup",
    old: { ingress: [{ fromPort: 80, cidrBlocks: ["a", "b"] }, { fromPort: 443 }] },
    next: { ingress: [{ fromPort: 443 }, { fromPort: 80, cidrBlocks: ["b", "a"] }] },
    changed: [],
  },
  {
    name: "a protocol by its number",
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    old: { ipProtocol: "tcp" },
    next: { ipProtocol: "6" },
    changed: [],
  },
  {
    name: "a policy with one action as a list",
    type: "aws:iam/policy:Policy",
    old: { policy: policy("s3:GetObject") },
    next: { policy: policy(["s3:GetObject"]) },
    changed: [],
  },
];
