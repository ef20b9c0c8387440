import type { DnsRecord } from "./zones";

/** What the choice depends on besides the records. */
export interface Circumstances {
  readonly isHealthy: (record: DnsRecord) => boolean;
  /** 0 to 1, 1 not included. */
  readonly random: () => number;
  /** Where the question comes from, for latency records. */
  readonly region: string;
}

/** "Route 53 returns up to eight healthy records" (multivalue answer routing). */
const mostAnswers = 8;

/** Which of the records with one name and type Route 53 answers with: one, or several of the multivalue policy. */
export function choose(records: readonly DnsRecord[], circumstances: Circumstances): readonly DnsRecord[] {
  const [first] = records;
  if (!first) return [];
  const policy = policies.find(({ is }) => is(first));
  return policy ? policy.pick(records, circumstances) : records.slice(0, 1);
}

interface Policy {
  readonly is: (record: DnsRecord) => boolean;
  readonly pick: (records: readonly DnsRecord[], circumstances: Circumstances) => readonly DnsRecord[];
}

/** TABLE of routing policies; a record that fits none has the simple one. */
const policies: readonly Policy[] = [
  { is: ({ Weight }) => Weight !== undefined, pick: byWeight },
  { is: ({ Failover }) => Failover !== undefined, pick: byFailover },
  { is: ({ MultiValueAnswer }) => MultiValueAnswer === true, pick: several },
  { is: ({ Region }) => Region !== undefined, pick: byRegion },
];

/**
 * Healthy ones, or all of them when none is ("How Route 53 chooses records when health checking is configured"). One
 * without weight has no share of them, unless there is nothing else.
 */
function byWeight(records: readonly DnsRecord[], { isHealthy, random }: Circumstances): readonly DnsRecord[] {
  const healthy = records.filter(isHealthy);
  return [draw(healthy.length > 0 ? healthy : records, random())];
}

/** Share of each: its weight of the sum of all; equal shares when all weigh nothing. */
function draw(candidates: readonly DnsRecord[], at: number): DnsRecord {
  const weights = candidates.map(({ Weight = 0 }) => Weight);
  const sum = weights.reduce((one, other) => one + other, 0);
  const shares = sum === 0 ? weights.map(() => 1 / weights.length) : weights.map((weight) => weight / sum);
  let end = 0;
  const index = shares.findIndex((share) => at < (end += share));
  // What rounding leaves is the last one's that has a share at all.
  const chosen = candidates[index >= 0 ? index : shares.findLastIndex((share) => share > 0)];
  if (!chosen) throw new Error("A draw without candidates.");
  return chosen;
}

/** The primary unless it alone is unhealthy: with nothing healthy it is answered all the same. */
function byFailover(records: readonly DnsRecord[], { isHealthy }: Circumstances): readonly DnsRecord[] {
  const primary = records.find(({ Failover }) => Failover === "PRIMARY");
  const secondary = records.find(({ Failover }) => Failover === "SECONDARY");
  const chosen = primary && (isHealthy(primary) || !secondary || !isHealthy(secondary)) ? primary : secondary;
  return chosen ? [chosen] : [];
}

function several(records: readonly DnsRecord[], { isHealthy, random }: Circumstances): readonly DnsRecord[] {
  const healthy = records.filter(isHealthy);
  const left = [...(healthy.length > 0 ? healthy : records)];
  const chosen: DnsRecord[] = [];
  while (left.length > 0 && chosen.length < mostAnswers) {
    chosen.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return chosen;
}

/** The sandbox knows no distances: the record of the asking region is the nearest, all others are equally far. */
function byRegion(records: readonly DnsRecord[], { isHealthy, region }: Circumstances): readonly DnsRecord[] {
  const near = [...records].sort((a, b) => Number(b.Region === region) - Number(a.Region === region));
  return [near.find(isHealthy) ?? near[0]].filter((entry) => entry !== undefined);
}
