/** Which environment's records. A bucket can hold those of many projects. */
export interface RecordScope {
  readonly project: string;
  readonly stack: string;
}

export const lockKey = ({ project, stack }: RecordScope): string => `locks/${project}/${stack}.json`;

export const historyPrefix = ({ project, stack }: RecordScope): string => `history/${project}/${stack}/`;

/** Sorts by time; the random word keeps two entries of one millisecond apart. */
export const historyKey = (scope: RecordScope, at: string, random: string): string =>
  `${historyPrefix(scope)}${at.replace(/[-:.]/g, "")}-${random}.json`;
