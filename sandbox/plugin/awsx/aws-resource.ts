import { version } from "@pulumi/aws/package.json";
import { CustomResource } from "@pulumi/pulumi/resource";
import type { CustomResourceOptions, Inputs } from "@pulumi/pulumi";

/**
 * A resource of the aws provider by its token. The SDK of the provider would do the same with types, but with it comes
 * the whole of the Pulumi SDK and a second more of start-up for every preview.
 */
export class AwsResource extends CustomResource {
  constructor(type: string, name: string, inputs: Inputs, opts: CustomResourceOptions) {
    super(type, name, inputs, { version, ...opts });
  }
}
