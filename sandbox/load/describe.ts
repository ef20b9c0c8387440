import type { LoadReport } from "./run-load";
import type { SecondReport, Share } from "./tally";

/** The report for people. */
export function describeLoad(report: LoadReport): string {
  const { sent, answered, failed, failures, byVersion, byGroup, latencyMs, rps, durationMs, maxLagMs } = report;
  const lines = [
    `${sent} sent in ${seconds(durationMs)} (${rps} a second), ${answered} answered, ${failed} failed`,
    row("failed", counted(failures)),
    row("versions", shared(byVersion)),
    row("groups", shared(byGroup)),
    row(
      "latency",
      latencyMs &&
        `p50 ${ms(latencyMs.p50)}, p90 ${ms(latencyMs.p90)}, p99 ${ms(latencyMs.p99)}, max ${ms(latencyMs.max)}`,
    ),
    row(
      "warning",
      maxLagMs > laggingMs
        ? `requests left up to ${ms(maxLagMs)} late: this machine is too busy for that many a second`
        : undefined,
    ),
  ];
  return lines.filter((line) => line !== undefined).join("\n");
}

/** How the last second went, in one line. */
export function describeSecond({ second, sent, failed, byVersion, latencyMs }: SecondReport, inFlight: number): string {
  const parts = [
    `${second + 1} s`,
    `${sent} sent`,
    `${failed} failed`,
    ...(inFlight > 0 ? [`${inFlight} on the way`] : []),
    ...Object.entries(byVersion).map(([version, count]) => `${version} ${count}`),
    ...(latencyMs ? [`p50 ${ms(latencyMs.p50)}`, `p99 ${ms(latencyMs.p99)}`] : []),
  ];
  return parts.join("  ");
}

/** A scheduler on a free machine is a few milliseconds late at worst. */
const laggingMs = 200;

const row = (name: string, text: string | undefined): string | undefined =>
  text === undefined || text === "" ? undefined : `  ${name.padEnd(9)} ${text}`;

const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name}: ${count}`)
    .join(", ");

const shared = (shares: Readonly<Record<string, Share>>): string =>
  Object.entries(shares)
    .map(([name, { count, percent }]) => `${name} ${count} (${percent} %)`)
    .join(", ");

const seconds = (durationMs: number): string => `${Math.round(durationMs / 100) / 10} s`;

const ms = (value: number): string => `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ms`;
