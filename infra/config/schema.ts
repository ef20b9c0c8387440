import { z } from "zod";
import { accountSchema } from "./account";
import { alarmsSchema } from "./alarms";
import { databaseSchema } from "./database";
import { dnsSchema } from "./dns";
import { key } from "./fields";
import { fleetsSchema } from "./fleet";
import { loadBalancerSchema } from "./load-balancer";
import { logsSchema } from "./logs";
import { namingSchema } from "./naming";
import { networkSchema } from "./network";
import { promotionSchema } from "./promotion";
import { recordsSchema } from "./records";
import { secretsSchema } from "./secrets";
import { servicesSchema, type serviceSchema } from "./services";

/** The whole configuration of one environment: every key under the namespace `slipway:`. */
export const stackConfigSchema = z.strictObject({
  system: key.describe("What is deployed, for example `storefront`."),
  environment: key.describe("Which copy of it, for example `staging`."),
  account: accountSchema,
  tags: z
    .record(z.string().min(1).max(128), z.string().max(256))
    .default({})
    .describe("Further tags for every resource, for example CostCenter."),
  naming: namingSchema.prefault({}),
  network: networkSchema,
  database: databaseSchema.optional(),
  loadBalancer: loadBalancerSchema.optional(),
  dns: dnsSchema.optional(),
  secrets: secretsSchema,
  services: servicesSchema,
  fleets: fleetsSchema,
  logs: logsSchema,
  alarms: alarmsSchema,
  promotion: promotionSchema,
  records: recordsSchema,
});

export type StackConfig = z.output<typeof stackConfigSchema>;
export type NetworkConfig = StackConfig["network"];
/** A database that the environment makes itself. */
export type DatabaseConfig = Exclude<NonNullable<StackConfig["database"]>, { mode: "reference" }>;
/** Another environment's database. */
export type DatabaseReference = Extract<NonNullable<StackConfig["database"]>, { mode: "reference" }>;
export type DnsConfig = NonNullable<StackConfig["dns"]>;
export type LoadBalancerConfig = NonNullable<StackConfig["loadBalancer"]>;
export type ServiceConfig = z.output<typeof serviceSchema>;
export type ContainerConfig = ServiceConfig["containers"][string];
export type AttachmentConfig = NonNullable<ContainerConfig["loadBalancer"]>;
export type SecretReference = ContainerConfig["secrets"][string];
export type AlarmRuleConfig = StackConfig["alarms"]["rules"][number];
