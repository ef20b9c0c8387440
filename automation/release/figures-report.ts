import type { Context } from "../context";
import { describeDuration } from "../model/duration";
import { usageError } from "../model/errors";
import type { Report } from "../model/report";
import { textTable } from "../model/text-table";
import { endedWithin, releaseFigures, type Median, type ReleaseFigures } from "./figures";

export interface FiguresOptions {
  /** @default 30 */
  readonly days?: number | undefined;
}

/** More records than that are not read; it is said when there are more. */
const most = 2_000;

/** How often, how fast and how well a stack is released: DORA's four keys, for all and for each service. */
export async function releaseMetrics(
  { journals, stack, machine }: Pick<Context, "journals" | "stack" | "machine">,
  { days = 30 }: FiguresOptions,
): Promise<Report> {
  if (!(days > 0)) throw usageError(`--days is ${days}: it must be above 0.`);
  const all = await journals.latest(most);
  const ended = endedWithin(all, days, machine.now());
  const services = [...new Set(ended.map(({ plan }) => plan.service))].sort();
  const total = releaseFigures(ended, days);
  const byService = Object.fromEntries(
    services.map((service) => [
      service,
      releaseFigures(
        ended.filter(({ plan }) => plan.service === service),
        days,
      ),
    ]),
  );
  const isCut = all.length === most && ended.length === most;
  return {
    summary: [
      `Releases of ${stack} in the last ${days} ${days === 1 ? "day" : "days"}${isCut ? `, as far as the last ${most} records go` : ""}:`,
      textTable(
        ["Service", "Deployed", "A day", "Failed", "Lead time", "Time to restore"],
        [...Object.entries(byService), ["all", total] as const].map(row),
      ),
    ].join("\n\n"),
    data: { stack, days, ...total, services: byService, ...(isCut ? { onlyLast: most } : {}) },
  };
}

const row = ([name, figures]: readonly [string, ReleaseFigures]): readonly string[] => [
  name,
  String(figures.deployments),
  figures.deploymentsPerDay.toFixed(2),
  figures.changeFailureRate === null
    ? "no change"
    : `${figures.failures} of ${figures.changes} (${Math.round(figures.changeFailureRate * 100)} %)`,
  typical(figures.leadTimeMs),
  typical(figures.timeToRestoreMs),
];

const typical = ({ median, known }: Median): string =>
  median === null ? "unknown" : `${describeDuration(median)} (median of ${known})`;
