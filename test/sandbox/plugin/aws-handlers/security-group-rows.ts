import {
  AuthorizeSecurityGroupIngressCommand,
  CreateTagsCommand,
  EC2Client,
  ModifySecurityGroupRulesCommand,
} from "@aws-sdk/client-ec2";
import { aSecurityGroup, aVpc } from "./network-rows";
import type { HandlerRow, World } from "./row";

const tags = { Name: "web" };

const ec2 = (world: World): EC2Client => world.client(EC2Client);

export const securityGroupRows: readonly HandlerRow[] = [
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    inputs: async (world) => ({
      name: "slipway-web",
      description: "Web",
      vpcId: await aVpc(world),
      ingress: [
        { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"], description: "TLS" },
        { protocol: "tcp", fromPort: 8080, toPort: 8080, self: true },
      ],
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
      tags,
    }),
    change: { ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["10.0.0.0/8"] }] },
    drift: {
      by: ({ id }, world) =>
        ec2(world).send(
          new AuthorizeSecurityGroupIngressCommand({
            GroupId: id,
            IpPermissions: [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
          }),
        ),
      shows: {
        ingress: [
          {
            protocol: "tcp",
            fromPort: 80,
            toPort: 80,
            cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"],
            ipv6CidrBlocks: [],
            prefixListIds: [],
            securityGroups: [],
            self: false,
            description: "",
          },
        ],
      },
    },
    computed: { id: /^sg-[0-9a-f]+$/, arn: /:security-group\/sg-/, ownerId: /^\d{12}$/ },
  },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    inputs: async (world) => ({
      securityGroupId: await aSecurityGroup(world, await aVpc(world)),
      description: "HTTP from everywhere",
      ipProtocol: "tcp",
      fromPort: 80,
      toPort: 80,
      cidrIpv4: "0.0.0.0/0",
    }),
    change: { fromPort: 8080, toPort: 8081, description: "Apps" },
    drift: {
      by: ({ id, outputs }, world) =>
        ec2(world).send(
          new ModifySecurityGroupRulesCommand({
            GroupId: String(outputs["securityGroupId"]),
            SecurityGroupRules: [
              {
                SecurityGroupRuleId: id,
                SecurityGroupRule: {
                  IpProtocol: "tcp",
                  FromPort: 22,
                  ToPort: 22,
                  CidrIpv4: "10.0.0.0/8",
                  Description: "Apps",
                },
              },
            ],
          }),
        ),
      shows: { fromPort: 22, toPort: 22, cidrIpv4: "10.0.0.0/8" },
    },
    computed: { id: /^sgr-[0-9a-f]+$/, arn: /:security-group-rule\/sgr-/ },
  },
  {
    type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    inputs: async (world) => {
      const vpcId = await aVpc(world);
      const [securityGroupId, other] = [
        await aSecurityGroup(world, vpcId),
        await world.make("aws:ec2/securityGroup:SecurityGroup", { name: "other", description: "Other", vpcId }),
      ];
      return { securityGroupId, ipProtocol: "tcp", fromPort: 5432, toPort: 5432, referencedSecurityGroupId: other.id };
    },
    change: { description: "Database" },
    drift: {
      by: ({ id }, world) =>
        ec2(world).send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "Owner", Value: "somebody" }] })),
      shows: { tags: { Owner: "somebody" } },
    },
    computed: { id: /^sgr-[0-9a-f]+$/ },
  },
];
