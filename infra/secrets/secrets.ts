import * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import type { StackConfig } from "../config/schema";
import type { Names } from "../naming";

export interface SecretsArgs {
  readonly names: Names;
  /** Decides which secrets exist. */
  readonly config: StackConfig["secrets"];
}

/**
 * Secrets that an operator fills: made as placeholders, never written to again. A field that the configuration gets
 * later is therefore the operator's to add.
 *
 * **Cost**: $0.40 a month for each secret.
 */
export class Secrets extends pulumi.ComponentResource {
  /** ARNs by key of `slipway:secrets`. */
  readonly arns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: SecretsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("slipway:services:Secrets", name, {}, opts);

    const arns = Object.entries(args.config).map(([key, { keys, recoveryDays }]) => {
      const secret = new aws.secretsmanager.Secret(
        `${name}-${key}`,
        {
          name: args.names.secret(key),
          description: `Filled by an operator: ${key}`,
          recoveryWindowInDays: recoveryDays,
        },
        { parent: this },
      );
      new aws.secretsmanager.SecretVersion(
        `${name}-${key}-placeholder`,
        { secretId: secret.arn, secretString: placeholder(keys) },
        // The value belongs to the operator: a later run must neither write nor restore it.
        { parent: this, ignoreChanges: ["secretString"] },
      );
      return [key, secret.arn] as const;
    });

    this.arns = Object.fromEntries(arns);
    this.registerOutputs({ arns: this.arns });
  }
}

/** Every field is there from the start, because ECS does not start a task whose JSON field is missing. */
const placeholder = (keys: readonly string[]): string =>
  keys.length === 0 ? "replace-me" : JSON.stringify(Object.fromEntries(keys.map((key) => [key, ""])));
