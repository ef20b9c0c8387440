import type { Operation } from "../../model/service-api";
import type { Tasks } from "../../model/tasks";
import type { DeploymentObserver } from "../model";
import { deploymentOperations, type DeploymentApi } from "./deployment-operations";
import { DeploymentStore } from "./deployment-store";

export interface DeploymentRecordsOptions extends Omit<DeploymentApi, "store"> {
  readonly tasks: Pick<Tasks, "list">;
}

/** Keeps the history of deployments, and answers what is asked about it. */
export function createDeploymentRecords({ tasks, ...api }: DeploymentRecordsOptions): {
  readonly observer: DeploymentObserver;
  readonly operations: Record<string, Operation>;
} {
  const store = new DeploymentStore(tasks);
  return { observer: store, operations: deploymentOperations({ ...api, store }) };
}
