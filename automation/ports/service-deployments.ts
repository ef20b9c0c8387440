import type { NativeDeployment } from "../model/release/native";
import type { ServiceRef } from "./containers";

/** Deployments of a service whose traffic ECS itself shifts. Failures are `CloudError`s. */
export interface ServiceDeployments {
  /** Undefined for a service that has never been deployed. */
  newest(service: ServiceRef): Promise<NativeDeployment | undefined>;
  /** Undefined when there is none of this ARN. */
  describe(arn: string): Promise<NativeDeployment | undefined>;
  /** Task definition (ARN) of a revision; undefined when there is none. */
  taskDefinitionOf(revisionArn: string): Promise<string | undefined>;
  /** Lets a deployment go past a pause. */
  continue(arn: string, hookId: string): Promise<void>;
  /** Sends a deployment back to the revision before it; one that goes back already goes on doing so. */
  rollBack(arn: string): Promise<void>;
}
