import { z } from "zod";
import { arn, dailyWindow, port, recoveryDays, weeklyWindow } from "./fields";

const databaseName = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_]{0,62}$/, "letters, digits and underscores, beginning with a letter");

const createSchema = z.strictObject({
  mode: z.literal("create").optional().describe("Make an RDS PostgreSQL instance; this is meant without `mode`."),
  engineVersion: z
    .string()
    .regex(/^\d{2}(?:\.\d+)?$/, 'a PostgreSQL version such as "15"')
    .default("15")
    .describe("PostgreSQL version; the major part pins the parameter group family."),
  instanceClass: z.string().regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, "an instance class such as db.t3.medium"),
  storageGb: z.int().min(20).max(65536).default(20),
  maxStorageGb: z.int().min(22).max(65536).optional().describe("Lets the storage grow by itself up to this size."),
  storageType: z.enum(["gp2", "gp3"]).default("gp3"),
  multiAz: z.boolean().default(false),
  backupRetentionDays: z
    .int()
    .min(0)
    .max(35)
    .default(7)
    .describe("0 switches automated backups and point-in-time recovery off."),
  backupWindow: dailyWindow.optional(),
  maintenanceWindow: weeklyWindow.optional(),
  deletionProtection: z.boolean().default(true).describe("AWS refuses to delete the instance while this is on."),
  finalSnapshot: z
    .boolean()
    .default(true)
    .describe("Takes a snapshot with a unique name before the instance is deleted."),
  protect: z.boolean().default(true).describe("Pulumi refuses to delete or replace the instance while this is on."),
  applyImmediately: z
    .boolean()
    .default(false)
    .describe("Applies changes such as another class at once, not in the maintenance window."),
  name: databaseName,
  username: databaseName,
  password: z
    .strictObject({ source: z.enum(["generated", "supplied"]).default("generated") })
    .prefault({})
    .describe(
      "Generated, or supplied as the Pulumi secret `slipway:databasePassword`; kept in Secrets Manager either way.",
    ),
  secretRecoveryDays: recoveryDays.describe(
    "How long the deleted secret with the credentials can be restored; 0 or 7 to 30. Until then its name is taken: a destroyed environment of the same name cannot be made again, unless this was 0.",
  ),
  kmsKeyArn: arn
    .optional()
    .describe("Customer key for storage; the AWS managed key when absent. A change replaces the instance."),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe("PostgreSQL parameters."),
  performanceInsights: z.boolean().default(false),
});

const referenceSchema = z.strictObject({
  mode: z
    .literal("reference")
    .describe("Use the database of another environment; the values are its stack outputs (`slipway outputs <stack>`)."),
  instanceId: z
    .string()
    .regex(/^[a-z](?!.*--)(?:[0-9a-z-]{0,61}[0-9a-z])?$/, "an RDS instance identifier such as shop-db")
    .describe("Its output `DbInstanceId`."),
  host: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i, "a host name without a port")
    .describe("Its output `DbEndpoint`."),
  port: port.default(5432).describe("Its output `DbPort`."),
  name: databaseName.describe("Its output `DbName`."),
  secretArn: arn.describe("Its output `DbSecretArn`: the secret whose fields the tasks read."),
  securityGroupId: z
    .string()
    .regex(/^sg-[0-9a-f]+$/, "a security group id such as sg-0a1b2c3d4e5f60718")
    .describe("Its output `DbSecurityGroupId`; it gets one rule more, which lets this environment's tasks in."),
});

/** RDS PostgreSQL: created, or another environment's. Leave the whole area out for an environment without a database. */
export const databaseSchema = z.discriminatedUnion("mode", [createSchema, referenceSchema]);

type DatabaseConfig = z.output<typeof databaseSchema>;

/** The database that this environment makes itself; undefined when it has none, or only uses another's. */
export const ownDatabase = (
  database: DatabaseConfig | undefined,
): Exclude<DatabaseConfig, { mode: "reference" }> | undefined =>
  database?.mode === "reference" ? undefined : database;
