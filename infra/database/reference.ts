import * as pulumi from "@pulumi/pulumi";
import type { DatabaseReference } from "../config/schema";

/** What the rest of an environment has to know of its database, whoever made it. */
export interface DatabaseValues {
  /** RDS instance identifier. */
  readonly instanceId: pulumi.Output<string>;
  /** Host name, without the port. */
  readonly endpoint: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  /** Name of the database inside the instance. */
  readonly databaseName: pulumi.Output<string>;
  /** Secret with the fields host, port, database, username and password. */
  readonly secretArn: pulumi.Output<string>;
}

/** Another environment's database. Nothing of it is declared, so a destroy of this environment leaves it alone. */
export const referencedDatabase = (config: DatabaseReference): DatabaseValues => ({
  instanceId: pulumi.output(config.instanceId),
  endpoint: pulumi.output(config.host),
  port: pulumi.output(config.port),
  databaseName: pulumi.output(config.name),
  secretArn: pulumi.output(config.secretArn),
});
