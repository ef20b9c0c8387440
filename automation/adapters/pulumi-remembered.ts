import * as pulumi from "@pulumi/pulumi";
import { containsSecret, plainValue } from "./pulumi-secrets";

/** A value of the state, for the program to give once more: what was a secret stays one. */
export const asOutput = (exported: unknown): pulumi.Output<unknown> =>
  containsSecret(exported) ? pulumi.secret(plainValue(exported)) : pulumi.output(plainValue(exported));
