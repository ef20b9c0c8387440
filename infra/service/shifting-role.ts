import type * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import { ecsTrust } from "./policies";

/** AWS' own policy for it; ECS developer guide, "Amazon ECS infrastructure IAM role for load balancers". */
const managedPolicy = "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers";

export interface ShiftingRole {
  readonly arn: pulumi.Output<string>;
  /** ECS refuses a service whose role cannot do its work yet, and cannot end a deployment without it. */
  readonly policies: readonly pulumi.Resource[];
}

/** The role by which ECS registers targets and changes the weights of rules. */
export function makeShiftingRole(
  name: string,
  place: { readonly accountId: string; readonly region: string },
  opts: pulumi.CustomResourceOptions,
): ShiftingRole {
  const role = new aws.iam.Role(
    `${name}-shifting-role`,
    { assumeRolePolicy: JSON.stringify(ecsTrust(place)), description: `Shifts the traffic of ${name}` },
    opts,
  );
  const policy = new aws.iam.RolePolicyAttachment(
    `${name}-shifting-policy`,
    { role: role.name, policyArn: managedPolicy },
    opts,
  );
  return { arn: role.arn, policies: [policy] };
}
