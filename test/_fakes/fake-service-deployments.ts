import type { NativeDeployment } from "../../automation/model/release/native";
import type { ServiceRef } from "../../automation/ports/containers";
import type { ServiceDeployments } from "../../automation/ports/service-deployments";

/** Deployments that are what a test says, newest first; a call writes down what it was told, and `acting` does what ECS would. */
export class FakeServiceDeployments implements ServiceDeployments {
  deployments: readonly NativeDeployment[] = [];
  /** Task definition by revision. */
  readonly revisions = new Map<string, string>();
  /** For each of the next calls, whatever it is; null lets one through. */
  readonly failures: (Error | null)[] = [];
  acting: {
    describe?(arn: string): void;
    continue?(arn: string, hookId: string): void;
    rollBack?(arn: string): void;
  } = {};

  constructor(private readonly log: string[] = []) {}

  async newest({ serviceName }: ServiceRef): Promise<NativeDeployment | undefined> {
    this.note(`newest deployment ${serviceName}`);
    return this.deployments[0];
  }

  async describe(arn: string): Promise<NativeDeployment | undefined> {
    this.note(`describe deployment ${arn}`);
    this.acting.describe?.(arn);
    return this.deployments.find((found) => found.arn === arn);
  }

  async taskDefinitionOf(revisionArn: string): Promise<string | undefined> {
    this.note(`revision ${revisionArn}`);
    return this.revisions.get(revisionArn);
  }

  async continue(arn: string, hookId: string): Promise<void> {
    this.note(`continue ${arn} ${hookId}`);
    this.acting.continue?.(arn, hookId);
  }

  async rollBack(arn: string): Promise<void> {
    this.note(`roll back ${arn}`);
    this.acting.rollBack?.(arn);
  }

  private note(what: string): void {
    this.log.push(what);
    const failure = this.failures.shift();
    if (failure != null) throw failure;
  }
}
