import type { Scope } from "../../model/scope";
import { faults } from "./faults";
import { inputs, parse } from "./inputs";
import type { ServiceDesk } from "./service-desk";
import { primaryOf, type ServiceRecord } from "./service-record";

/** DeleteService: from now on the service drains; its tasks stop at the next step of the scheduler. @throws AwsFault */
export async function deleteService(desk: ServiceDesk, raw: object, scope: Scope): Promise<ServiceRecord> {
  const input = parse(inputs.deleteService, raw as Readonly<Record<string, unknown>>);
  const cluster = await desk.lookups.cluster(scope, input.cluster);
  const found = desk.book.find(scope, cluster.name, input.service);
  if (!found) throw faults.serviceNotFound();
  if (found.status !== "ACTIVE") return found;
  const isReplica = found.plain.schedulingStrategy === "REPLICA";
  if (isReplica && found.desiredCount > 0 && !input.force) throw faults.scaledAboveZero();
  const [, ...others] = found.deployments;
  const draining: ServiceRecord = {
    ...found,
    status: "DRAINING",
    desiredCount: 0,
    isSteady: false,
    deployments: [{ ...primaryOf(found), desiredCount: 0 }, ...others],
  };
  desk.keep(draining);
  return draining;
}
