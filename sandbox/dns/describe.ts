import type { Share } from "./endpoints";
import type { DnsAnswer } from "./resolver";

interface Asked {
  readonly name: string;
  readonly type: string;
  readonly count: number;
}

const failures = {
  nxdomain: "There is no such name",
  nodata: "The name is there, but not with this type",
} as const;

/** What `POST dig` answered, for people. */
export function describeDig({ name, type, count }: Asked, told: Readonly<Record<string, unknown>>): string {
  const { kind, answers, records, ttl, listeners, notes, shares } = told as unknown as DnsAnswer & {
    readonly shares: readonly Share[];
  };
  const first =
    kind === "answer"
      ? [`${name} ${type}: ${answers.join(", ")}${ttl === undefined ? "" : ` (TTL ${ttl} s)`}`]
      : [`${name} ${type}: ${failures[kind]}.`];
  const details =
    count > 1
      ? shares.map((share) => `  ${percent(share.count, count)}  ${share.record}  ${share.answers.join(", ")}`)
      : [
          ...(kind === "answer" ? [`  by        ${records.join(" -> ")}`] : []),
          ...listeners.map(({ port, address }) => `  port ${String(port).padEnd(5)}${address}`),
        ];
  return [...(count > 1 ? [`${name} ${type}, asked ${count} times:`] : first), ...details, ...notes].join("\n");
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1).padStart(5)} %`;
