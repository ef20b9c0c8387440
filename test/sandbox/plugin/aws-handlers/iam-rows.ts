import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import type { HandlerRow, World } from "./row";

const iam = (world: World): IAMClient => world.client(IAMClient);

const assumedBy = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }],
  });

/** Laid out over several lines, as people write them. */
const allowing = (action: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: [action], Resource: "*" }] }, null, 2);

const aRole = async (world: World): Promise<string> =>
  (
    await world.make("aws:iam/role:Role", {
      name: "slipway-row",
      assumeRolePolicy: assumedBy("ecs-tasks.amazonaws.com"),
      path: "/",
    })
  ).id;

const managedPolicy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

export const iamRows: readonly HandlerRow[] = [
  {
    type: "aws:iam/role:Role",
    inputs: async () => ({
      name: "slipway-task",
      description: "Tasks",
      assumeRolePolicy: assumedBy("ecs-tasks.amazonaws.com"),
      managedPolicyArns: [managedPolicy],
      inlinePolicies: [{ name: "read", policy: allowing("s3:GetObject") }],
      tags: { Name: "task" },
    }),
    change: {
      description: "Renamed",
      maxSessionDuration: 7200,
      assumeRolePolicy: assumedBy("ec2.amazonaws.com"),
      inlinePolicies: [{ name: "write", policy: allowing("s3:PutObject") }],
      tags: { Name: "renamed" },
    },
    drift: {
      by: async (_made, world) => {
        const policy = { RoleName: "slipway-task", PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
        await iam(world).send(
          new UpdateRoleCommand({ RoleName: "slipway-task", Description: "Elsewhere", MaxSessionDuration: 3600 }),
        );
        await iam(world).send(new AttachRolePolicyCommand(policy));
      },
      shows: {
        description: "Elsewhere",
        maxSessionDuration: 3600,
        managedPolicyArns: [managedPolicy, "arn:aws:iam::aws:policy/ReadOnlyAccess"],
      },
    },
    computed: {
      id: /^slipway-task$/,
      arn: /^arn:aws:iam::\d{12}:role\/slipway-task$/,
      uniqueId: /^AROA/,
      createDate: /Z$/,
    },
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    inputs: async (world) => ({ name: "read", role: await aRole(world), policy: allowing("s3:GetObject") }),
    change: { policy: allowing("s3:PutObject") },
    drift: {
      by: (_made, world) =>
        iam(world).send(
          new PutRolePolicyCommand({ RoleName: "slipway-row", PolicyName: "read", PolicyDocument: allowing("s3:*") }),
        ),
      shows: { policy: allowing("s3:*") },
    },
    computed: { id: /^slipway-row:read$/ },
  },
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    inputs: async (world) => ({ role: await aRole(world), policyArn: managedPolicy }),
    drift: {
      by: (_made, world) =>
        iam(world).send(new DetachRolePolicyCommand({ RoleName: "slipway-row", PolicyArn: managedPolicy })),
      shows: { policyArn: undefined },
    },
    computed: { id: /^slipway-row\/arn:aws:iam::aws:policy\/service-role\/AmazonECSTaskExecutionRolePolicy$/ },
  },
  {
    type: "aws:iam/policy:Policy",
    inputs: async () => ({
      name: "slipway-deploy",
      description: "Deploys",
      policy: allowing("ecs:UpdateService"),
      tags: { Name: "deploy" },
    }),
    change: { policy: allowing("ecs:*"), tags: { Name: "renamed" } },
    drift: {
      by: ({ id }, world) =>
        iam(world).send(
          new CreatePolicyVersionCommand({ PolicyArn: id, PolicyDocument: allowing("*"), SetAsDefault: true }),
        ),
      shows: { policy: allowing("*") },
    },
    computed: { id: /^arn:aws:iam::\d{12}:policy\/slipway-deploy$/, policyId: /^A/ },
  },
];
