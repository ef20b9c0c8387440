import type { Tasks } from "../../model/tasks";
import type { DeploymentEvent, DeploymentObserver } from "../model";
import type { RevisionRecord, ServiceDeploymentRecord } from "./model";
import { recordEvent } from "./record-event";

/** "You can view the most recent 90-day history." */
const historyMs = 90 * 24 * 3_600_000;

/** Service deployments and revisions by ARN, oldest first. */
export class DeploymentStore implements DeploymentObserver {
  private readonly deployments = new Map<string, ServiceDeploymentRecord>();
  private readonly revisions = new Map<string, RevisionRecord>();

  /** @param tasks know what the images of a revision turned out to be */
  constructor(private readonly tasks: Pick<Tasks, "list">) {}

  observe(event: DeploymentEvent): void {
    const { serviceDeploymentArn, service, at } = event;
    this.deployments.set(serviceDeploymentArn, recordEvent(this.deployments.get(serviceDeploymentArn), event));
    if (event.kind === "created") {
      this.forgetBefore(service.arn, at.getTime() - historyMs);
      const { arn: serviceArn, clusterArn } = service;
      this.revisions.set(event.revision.arn, { serviceArn, clusterArn, revision: event.revision, digests: {} });
    }
    this.learnDigests(event);
  }

  forget(serviceArn: string): void {
    this.forgetBefore(serviceArn, Infinity);
    for (const [arn, revision] of this.revisions) if (revision.serviceArn === serviceArn) this.revisions.delete(arn);
  }

  deployment(arn: string): ServiceDeploymentRecord | undefined {
    return this.deployments.get(arn);
  }

  revision(arn: string): RevisionRecord | undefined {
    return this.revisions.get(arn);
  }

  /** Newest first. */
  ofService(serviceArn: string): readonly ServiceDeploymentRecord[] {
    return [...this.deployments.values()].filter((record) => record.serviceArn === serviceArn).reverse();
  }

  /** What a user has asked for, before the scheduler has taken it up. */
  request(arn: string, status: "ROLLBACK_REQUESTED" | "STOP_REQUESTED", at: Date): void {
    const record = this.deployments.get(arn);
    if (record) this.deployments.set(arn, { ...record, status, updatedAt: at });
  }

  private forgetBefore(serviceArn: string, time: number): void {
    for (const [arn, record] of this.deployments)
      if (record.serviceArn === serviceArn && record.createdAt.getTime() < time) this.deployments.delete(arn);
  }

  /** Tags are resolved by the first task of a revision; stopped tasks are forgotten, so they are asked in time. */
  private learnDigests({ service, target }: DeploymentEvent): void {
    const known = this.revisions.get(target.arn);
    if (!known || known.revision.containers.every(({ name }) => known.digests[name] !== undefined)) return;
    const ids = service.deployments.flatMap(({ id, revision }) => (revision.arn === target.arn ? [id] : []));
    const containers = this.tasks
      .list(service, { clusterArn: service.clusterArn, group: `service:${service.name}` })
      .filter(({ startedBy }) => startedBy !== undefined && ids.includes(startedBy))
      .flatMap((task) => task.containers);
    const found = containers.flatMap(({ name, imageDigest }) => (imageDigest ? [[name, imageDigest] as const] : []));
    this.revisions.set(target.arn, { ...known, digests: { ...Object.fromEntries(found), ...known.digests } });
  }
}
