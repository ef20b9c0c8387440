import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { DatabaseConfig } from "../config/schema";
import { passwordFaults } from "./password-policy";

export interface MasterPasswordArgs {
  /** Decides whether a password is generated. */
  readonly source: DatabaseConfig["password"]["source"];
  /** The Pulumi secret `slipway:databasePassword`. */
  readonly supplied: pulumi.Output<string> | undefined;
}

/**
 * The master password, as a secret: generated once, or the supplied one after it has been checked.
 *
 * @throws pulumi.RunError when it is to be supplied and is not; a password against the policy makes the output fail
 */
export function masterPassword(
  name: string,
  { source, supplied }: MasterPasswordArgs,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  if (source === "generated") return generatedPassword(name, parent);
  if (supplied !== undefined) return pulumi.secret(supplied).apply(checkedPassword);
  throw new pulumi.RunError(
    "slipway:database.password.source is `supplied`, but there is no password. " +
      "Set it with `pulumi config set --secret slipway:databasePassword`, or change the source to `generated`.",
  );
}

function generatedPassword(name: string, parent: pulumi.Resource): pulumi.Output<string> {
  return new random.RandomPassword(
    `${name}-password`,
    {
      length: 32,
      minUpper: 1,
      minLower: 1,
      minNumeric: 1,
      minSpecial: 1,
      // Characters that mean the same inside a connection URL, so that nobody forgets to encode them.
      overrideSpecial: "-._~",
    },
    { parent },
  ).result;
}

function checkedPassword(password: string): string {
  const faults = passwordFaults(password);
  if (faults.length === 0) return password;
  throw new pulumi.RunError(
    `slipway:databasePassword does not meet the policy; it needs: ${faults.join(", ")}. ` +
      "Set another one with `pulumi config set --secret slipway:databasePassword`.",
  );
}
