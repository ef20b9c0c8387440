import { usageError } from "./errors";

const milliseconds = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Milliseconds of a text such as `250ms`, `30s`, `5m`, `1h`, `7d`.
 *
 * @param option is named in the error, for example `--for`
 * @throws SlipwayError `usage` (exit 2)
 */
export function parseDuration(text: string, option: string): number {
  const [, figure, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const factor = Object.entries(milliseconds).find(([name]) => name === unit)?.[1];
  if (figure === undefined || factor === undefined) {
    throw usageError(`${option} is \`${text}\`: not a duration.`, "Write for example `250ms`, `30s`, `5m` or `1h`.");
  }
  return Number(figure) * factor;
}

/** For people: `850 ms`, `2.4 s`, `3 min 12 s`, `1 h 5 min`. */
export function describeDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(1))} s`;
  const [large, small, parts] = ms < 3_600_000 ? (["min", "s", 60] as const) : (["h", "min", 3_600] as const);
  const seconds = Math.round(ms / 1_000);
  const rest = Math.floor((seconds % parts) / (parts / 60));
  return `${Math.floor(seconds / parts)} ${large}${rest === 0 ? "" : ` ${rest} ${small}`}`;
}
