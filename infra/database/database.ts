import * as pulumi from "@pulumi/pulumi";
import type { DatabaseConfig } from "../config/schema";
import type { Names } from "../naming";

export interface DatabaseArgs {
  readonly names: Names;
  /** Decides which children exist. */
  readonly config: DatabaseConfig;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupId: pulumi.Input<string>;
  /** The Pulumi secret `slipway:databasePassword`; needed when the password's source is `supplied`. */
  readonly suppliedPassword?: pulumi.Output<string> | undefined;
  /** Takes `protect` and deletion protection off, as the step before a destroy. @default false */
  readonly teardown?: boolean | undefined;
}

/** One RDS PostgreSQL instance with its credentials. */
export class Database extends pulumi.ComponentResource {
  /** RDS instance identifier. */
  readonly instanceId!: pulumi.Output<string>;
  /** Host name, without the port. */
  readonly endpoint!: pulumi.Output<string>;
  readonly port!: pulumi.Output<number>;
  /** Name of the database inside the instance. */
  readonly databaseName!: pulumi.Output<string>;
  /** Secret with the fields host, port, database, username and password. */
  readonly secretArn!: pulumi.Output<string>;

  constructor(name: string, _args: DatabaseArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:database:Database", name, {}, opts);
  }
}
