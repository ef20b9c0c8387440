import { AwsFault } from "../../model/aws-fault";
import type { Moto } from "../../model/moto";
import type { Scope } from "../../model/scope";
import type { TaskDefinition } from "../definition";

/** What ECS says of a role that is not there; undefined when all of them are. */
export async function missingRole(
  moto: Moto,
  scope: Scope,
  { executionRoleArn, taskRoleArn }: Pick<TaskDefinition, "executionRoleArn" | "taskRoleArn">,
): Promise<string | undefined> {
  for (const role of [taskRoleArn, executionRoleArn]) {
    if (role !== undefined && !(await exists(moto, scope, role))) return unassumable(role);
  }
  return undefined;
}

async function exists(moto: Moto, scope: Scope, role: string): Promise<boolean> {
  // ECS takes only roles of the account itself.
  if (role.startsWith("arn:") && role.split(":")[4] !== scope.account) return false;
  try {
    const RoleName = role.split("/").at(-1) ?? role;
    await moto.query(scope, "iam", { Action: "GetRole", Version: "2010-05-08", RoleName });
    return true;
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    return !/^NoSuchEntity/.test(error.code);
  }
}

/** Text of RunTask, and of the service event "failed to launch a task with (error ...)". */
const unassumable = (role: string): string =>
  `ECS was unable to assume the role '${role}' that was provided for this task. Please verify that the role being ` +
  "passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.";
