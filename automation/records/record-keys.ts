import type { SharedName } from "../model/switch/plan";

/** Which environment's records. A bucket can hold those of many projects. */
export interface RecordScope {
  readonly project: string;
  readonly stack: string;
}

export const lockKey = ({ project, stack }: RecordScope): string => `locks/${project}/${stack}.json`;

export const serviceLockKey = ({ project, stack }: RecordScope, service: string): string =>
  `locks/${project}/${stack}/${service}.json`;

export const historyPrefix = ({ project, stack }: RecordScope): string => `history/${project}/${stack}/`;

/** Sorts by time; the random word keeps two entries of one millisecond apart. */
export const historyKey = (scope: RecordScope, at: string, random: string): string =>
  `${historyPrefix(scope)}${compact(at)}-${random}.json`;

/** Apart from the closed ones, so that a look for open releases does not list years. */
export const openReleasesPrefix = ({ project, stack }: RecordScope): string => `releases/${project}/${stack}/open/`;

export const openReleaseKey = (scope: RecordScope, service: string): string =>
  `${openReleasesPrefix(scope)}${service}.json`;

export const closedReleasesPrefix = ({ project, stack }: RecordScope): string => `releases/${project}/${stack}/closed/`;

/** Sorts by the begin of the release, and can be told from an open journal: whoever finishes a close finds it again. */
export const closedReleaseKey = (
  scope: RecordScope,
  { startedAt, id }: { readonly startedAt: string; readonly id: string },
): string => `${closedReleasesPrefix(scope)}${compact(startedAt)}-${id}.json`;

export const pointsPrefix = ({ project, stack }: RecordScope): string => `points/${project}/${stack}/`;

export const pointKey = (scope: RecordScope, id: string): string => `${pointsPrefix(scope)}${id}.json`;

export const watchesPrefix = ({ project, stack }: RecordScope): string => `watches/${project}/${stack}/`;

export const watchKey = (scope: RecordScope, service: string): string => `${watchesPrefix(scope)}${service}.json`;

/** Of a name that two stacks share: it is no stack's own. */
export const switchKey = (project: string, { zoneId, name }: SharedName): string =>
  `switches/${project}/${zoneId}/${name}.json`;

export const switchLockKey = (project: string, { zoneId, name }: SharedName): string =>
  `locks/${project}/switch/${zoneId}/${name}.json`;

/** The last run over the instances of a component. */
export const fleetKey = ({ project, stack }: RecordScope, component: string): string =>
  `fleets/${project}/${stack}/${component}.json`;

const compact = (at: string): string => at.replace(/[-:.]/g, "");
