import type { HandlerContext } from "../handler";
import { errorCode, isMissing } from "./missing";

/** Codes that mean "not yet": something that uses the resource is still being taken down. */
const busyCodes: ReadonlySet<string> = new Set([
  "DependencyViolation", // EC2: an interface or a rule still uses it
  "InvalidIPAddress.InUse", // EC2: the address's NAT gateway is being deleted
  "ResourceInUse", // ELB: a listener or a rule still forwards to the target group
  "ResourceInUseException",
  "DeleteConflict",
  "DeleteConflictException", // IAM: a policy is still attached
  "InvalidDBSubnetGroupStateFault", // RDS: the instance is being deleted
  "InvalidDBParameterGroupState",
  "InvalidDBParameterGroupStateFault",
  "ClusterContainsServicesException", // ECS: services are draining
  "ClusterContainsTasksException",
  "UpdateInProgressException",
]);

/** A dependency goes within this time, or it does not go by itself: AWS frees network interfaces within minutes. */
const patienceSeconds = 120;

/** Removes something, waiting while what depends on it goes away. Already gone is a success; the last refusal is thrown as it came. */
export async function removeWhenFree(
  remove: () => Promise<unknown>,
  context: HandlerContext,
  what: string,
): Promise<void> {
  let refusal: unknown;
  try {
    await context.until(
      async () => {
        refusal = undefined;
        try {
          await remove();
          return true;
        } catch (error) {
          if (isMissing(error)) return true;
          if (!busyCodes.has(errorCode(error))) throw error;
          refusal = error;
          return undefined;
        }
      },
      patienceSeconds,
      `${what} to be free for deletion`,
    );
  } catch (error) {
    throw refusal ?? error;
  }
}
