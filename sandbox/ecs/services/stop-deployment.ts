import type { ServiceDesk } from "./service-desk";
import { primaryOf, withWatch } from "./service-record";

/** Asks for the end of a service deployment; the scheduler takes it up at its next step. */
export function stopDeployment(
  desk: ServiceDesk,
  arn: string,
  type: "ROLLBACK" | "ABORT",
): "taken" | "ended" | "unknown" {
  // `arn:...:service-deployment/<cluster>/<service>/<id>`
  const owner = arn.replace(":service-deployment/", ":service/").replace(/\/[^/]*$/, "");
  const record = desk.book.arn(owner);
  if (!record) return "unknown";
  if (record.status !== "ACTIVE") return "ended";
  const primary = primaryOf(record);
  const isGoingOn = primary.serviceDeploymentArn === arn && primary.rolloutState === "IN_PROGRESS";
  if (!isGoingOn || primary.watch.isRollback || primary.shift?.direction === "back") return "ended";
  desk.keep(withWatch(record, primary.id, { stop: primary.watch.stop ?? type }));
  return "taken";
}
