import { z } from "zod";
import { cidrBlock, retentionDays } from "./fields";

const subnetIds = z.array(z.string().regex(/^subnet-[0-9a-f]+$/, "a subnet id such as subnet-079b49b42e74e9c18"));

const createSchema = z.strictObject({
  mode: z.literal("create").describe("Make a VPC."),
  cidr: cidrBlock.default("10.0.0.0/16").describe("Address block of the VPC, /16 to /28."),
  zones: z
    .int()
    .min(1)
    .max(6)
    .default(2)
    .describe("Number of availability zones; at least 2 with a load balancer or a database."),
  nat: z
    .enum(["none", "single", "perZone"])
    .default("single")
    .describe("NAT gateways: none, one for all zones, or one in each."),
  subnets: z
    .strictObject({
      public: z.array(cidrBlock).optional(),
      private: z.array(cidrBlock).optional(),
      database: z.array(cidrBlock).optional(),
    })
    .optional()
    .describe("Own subnet blocks for all three tiers, one a zone; cut from the VPC block when absent."),
  flowLogs: z
    .strictObject({
      enabled: z.boolean().default(true),
      traffic: z.enum(["ALL", "ACCEPT", "REJECT"]).default("ALL"),
      retentionDays: retentionDays.optional().describe("Defaults to the stack's log retention."),
    })
    .prefault({})
    .describe("VPC flow logs in CloudWatch Logs."),
  s3Endpoint: z
    .boolean()
    .default(true)
    .describe("Gateway endpoint, so that image layers do not cross the NAT gateway."),
  endpoints: z
    .array(z.enum(["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "ssmmessages", "kms", "sts", "sqs"]))
    .default([])
    .describe("Interface endpoints; with `nat: none` tasks need ecr.api, ecr.dkr, logs and secretsmanager."),
});

const adoptSchema = z.strictObject({
  mode: z.literal("adopt").describe("Use a VPC that exists; nothing in it is changed."),
  vpcId: z.string().regex(/^vpc-[0-9a-f]+$/, "a VPC id such as vpc-0bb3244ce543cf1c7"),
  publicSubnetIds: subnetIds.default([]),
  privateSubnetIds: subnetIds.min(1),
  databaseSubnetIds: subnetIds.optional().describe("Defaults to the private subnets."),
});

/** The VPC: created, or adopted by ids. */
export const networkSchema = z.discriminatedUnion("mode", [createSchema, adoptSchema]);
