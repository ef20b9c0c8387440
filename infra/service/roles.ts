import * as pulumi from "@pulumi/pulumi";
import * as aws from "../aws";
import { executeCommandPolicy, executionPolicy, taskTrust, type ExecutionNeeds } from "./policies";
import { executionPolicyName } from "./slots";

export interface RolesArgs {
  readonly accountId: string;
  readonly region: string;
  readonly needs: pulumi.Input<ExecutionNeeds>;
  /** Decides whether the task role gets the rights of ECS Exec. */
  readonly executeCommand: boolean;
}

export interface Roles {
  /** Used by ECS to start a task: pulls the image, opens the logs, reads the secrets. */
  readonly executionRoleArn: pulumi.Output<string>;
  /** Used by the containers themselves. */
  readonly taskRoleArn: pulumi.Output<string>;
  /** A task that starts before these are in place cannot pull its image. */
  readonly policies: readonly pulumi.Resource[];
}

/** Two roles, so that the containers cannot do what ECS does for them. Inline policies: they go with the role. */
export function makeRoles(name: string, args: RolesArgs, opts: pulumi.CustomResourceOptions): Roles {
  const assumeRolePolicy = JSON.stringify(taskTrust(args));
  const execution = new aws.iam.Role(
    `${name}-execution-role`,
    { assumeRolePolicy, description: `Starts the tasks of ${name}` },
    opts,
  );
  const task = new aws.iam.Role(
    `${name}-task-role`,
    { assumeRolePolicy, description: `The containers of ${name}` },
    opts,
  );
  const policies = [
    new aws.iam.RolePolicy(
      executionPolicyName(name),
      {
        role: execution.name,
        policy: pulumi.output(args.needs).apply((needs) => JSON.stringify(executionPolicy(needs))),
      },
      opts,
    ),
    ...(args.executeCommand
      ? [
          new aws.iam.RolePolicy(
            `${name}-task-policy`,
            { role: task.name, policy: JSON.stringify(executeCommandPolicy) },
            opts,
          ),
        ]
      : []),
  ];
  return { executionRoleArn: execution.arn, taskRoleArn: task.arn, policies };
}
