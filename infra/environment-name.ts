import * as pulumi from "@pulumi/pulumi";

/** Type token; part of the network's layer, which is built first. */
export const environmentNameType = "slipway:network:EnvironmentName";

/**
 * Keeps the physical name of the environment in the state from the first moment on. Stack outputs are only written
 * when a run has come to its end, and after a first run that failed half-way the next one must not mint another name.
 */
export class EnvironmentName extends pulumi.ComponentResource {
  readonly stackName: string;

  constructor(name: string, args: { readonly stackName: string }, opts: pulumi.ComponentResourceOptions = {}) {
    super(environmentNameType, name, {}, opts);
    this.stackName = args.stackName;
    this.registerOutputs({ stackName: this.stackName });
  }
}
