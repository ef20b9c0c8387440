import type { DeploymentEvent, RevisionCounts } from "../model";
import type { ShiftView } from "../shifting/model";
import type { ServiceDeploymentRecord } from "./model";

/**
 * What an event makes of the record of its service deployment.
 *
 * @param before undefined for one that nobody has told of yet
 */
export function recordEvent(
  before: ServiceDeploymentRecord | undefined,
  event: DeploymentEvent,
): ServiceDeploymentRecord {
  const { at, service, monitors } = event;
  const shift = shiftIn(event);
  const record: ServiceDeploymentRecord = {
    ...(before ?? newRecord(event)),
    updatedAt: at,
    monitors,
    target: withShares(event.target, before?.target, shift?.production, shift?.test),
    sources: event.sources.map((source, index) =>
      withShares(source, before?.sources[index], opposite(shift?.production), opposite(shift?.test)),
    ),
    ...(shift ? { stage: shift.stage } : {}),
  };
  switch (event.kind) {
    case "created":
      return { ...record, createdAt: at, configuration: service.deploymentConfiguration };
    case "started":
      return { ...record, status: "IN_PROGRESS", startedAt: at };
    case "progressed":
      return withTurn(record, shift);
    case "failed": {
      const statusReason = reasonOf(event.reason, event.rollback);
      if (event.rollback) return { ...record, statusReason };
      return { ...record, status: "STOPPED", statusReason, stoppedAt: at, finishedAt: at };
    }
    case "rollback-started": {
      const reason = reasonOf(event.reason, true);
      const rollback = { reason, startedAt: at, revisionArn: event.to.arn };
      return { ...record, status: "ROLLBACK_IN_PROGRESS", statusReason: reason, rollback };
    }
    case "finished":
      return { ...record, finishedAt: at, ...endings[event.outcome](record, at) };
  }
}

const endings: Record<
  Extract<DeploymentEvent, { kind: "finished" }>["outcome"],
  (record: ServiceDeploymentRecord, at: Date) => Partial<ServiceDeploymentRecord>
> = {
  successful: () => ({ status: "SUCCESSFUL" }),
  stopped: ({ stoppedAt }, at) => ({ status: "STOPPED", stoppedAt: stoppedAt ?? at }),
  "rolled-back": () => ({ status: "ROLLBACK_SUCCESSFUL" }),
  // The text is AWS' own; without a rollback block there was nothing to go back to.
  "rollback-failed": ({ rollback }) => ({
    status: "ROLLBACK_FAILED",
    ...(rollback ? {} : { statusReason: "No rollback candidate was found to run the rollback." }),
  }),
};

function newRecord({ serviceDeploymentArn, service, at, target, sources, monitors }: DeploymentEvent) {
  return {
    account: service.account,
    region: service.region,
    arn: serviceDeploymentArn,
    serviceArn: service.arn,
    clusterArn: service.clusterArn,
    clusterName: service.clusterName,
    serviceName: service.name,
    createdAt: at,
    updatedAt: at,
    status: "PENDING",
    configuration: service.deploymentConfiguration,
    target,
    sources,
    monitors,
  } as const satisfies ServiceDeploymentRecord;
}

/** A shift that goes back is told before its rollback has begun for the scheduler. */
const withTurn = (record: ServiceDeploymentRecord, shift: ShiftView | undefined): ServiceDeploymentRecord =>
  shift?.direction === "back" && record.status === "IN_PROGRESS" && record.sources.length > 0
    ? { ...record, status: "ROLLBACK_IN_PROGRESS" }
    : record;

/** What its own deployment says; that of a source is about how it came to serve itself, long ago. */
const shiftIn = ({ serviceDeploymentArn, service }: DeploymentEvent): ShiftView | undefined =>
  service.deployments.find((one) => one.serviceDeploymentArn === serviceDeploymentArn && one.shift)?.shift;

const opposite = (share: number | undefined): number | undefined => (share === undefined ? undefined : 100 - share);

/** Shares that this event does not tell are those that were told last. */
function withShares(
  { arn, requested, running, pending }: RevisionCounts,
  before: RevisionCounts | undefined,
  production = before?.productionWeight,
  test = before?.testWeight,
): RevisionCounts {
  return {
    arn,
    requested,
    running,
    pending,
    ...(production === undefined ? {} : { productionWeight: production }),
    ...(test === undefined ? {} : { testWeight: test }),
  };
}

/** The scheduler's events are shorter than `statusReason`. */
function reasonOf(reason: string, rollback: boolean): string {
  const cause = causes[reason];
  return cause === undefined ? reason : `Service deployment ${rollback ? "rolled back" : "failed"} because ${cause}`;
}

/** The first as AWS tells it, the second is not documented. */
const causes: Readonly<Record<string, string>> = {
  "tasks failed to start.": "the circuit breaker threshold was exceeded.",
  "alarm detected.": "an alarm was detected.",
};
