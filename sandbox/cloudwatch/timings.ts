/** Figures of CloudWatch, with where they come from; milliseconds of the sandbox's time unless they say otherwise. */
export const timings = {
  /** Alarms of a period of a minute or more are looked at every minute (user guide, "Using Amazon CloudWatch alarms"). */
  evaluationEvery: 60_000,
  /** Those of 10, 20 and 30 seconds every 10 seconds (same page). */
  shortEvaluationEvery: 10_000,
  /** So long after the full minute, that what is measured at its end is counted in. Not documented. */
  evaluationDelay: 2_000,
  /** Periods that are fetched beyond those that are evaluated; the guide's one example has 5 for 3. */
  surplusPeriods: 2,
  /** So long after its minute is over a point of AWS' own metrics can be read. Not documented. */
  publicationDelay: 0,
  /** How long points of a minute are kept. AWS: 15 days. */
  keptMinutes: 15 * 3_600_000,
  /** How long points of less than a minute are kept. AWS: 3 hours. */
  keptShort: 3_600_000,
  /** How long the history of an alarm is kept, deleted alarms included. */
  keptHistory: 14 * 86_400_000,
  /** A queue that nobody uses has no points after this (SQS developer guide, "Available CloudWatch metrics"). */
  queueActive: 6 * 3_600_000,
} as const;

/** The table, or one with other figures. */
export type Timings = { readonly [Name in keyof typeof timings]: number };
