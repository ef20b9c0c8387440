import type { DnsConfig } from "../../infra/config/schema";
import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import type { Colour, SharedName } from "../model/switch/plan";

/** Two environments of one name, and what both say about it. */
export interface Pair {
  readonly shared: SharedName;
  readonly contexts: Readonly<Record<Colour, Context>>;
  /** Both say that they may have different databases. */
  readonly separateDatabases: boolean;
}

/**
 * Opens the stack of the other colour, and compares what both say.
 *
 * @throws SlipwayError `no-dns` or `pair-differs` (exit 2)
 */
export async function openPair(context: Context): Promise<Pair> {
  const { stack, config } = context;
  const { dns } = config;
  if (dns === undefined) throw noDns(stack);
  const peer = await context.openPeer(dns.peer);
  const other = peer.config.dns;
  if (other === undefined) throw noDns(dns.peer);
  const faults = [
    ...dnsFaults({ stack, dns }, { stack: dns.peer, dns: other }),
    ...(config.account.id === peer.config.account.id
      ? []
      : [
          `account.id: ${config.account.id} and ${peer.config.account.id}; one account has the zone and both environments`,
        ]),
    // With two places each stack would have a lock and a record of its own.
    ...(config.records.store === peer.config.records.store ? [] : ["records.store: both need the same place"]),
  ];
  if (faults.length > 0) throw differs(stack, dns.peer, faults);
  const contexts = dns.colour === "blue" ? { blue: context, green: peer } : { blue: peer, green: context };
  return {
    shared: { zoneId: dns.zoneId, name: dns.name },
    contexts,
    separateDatabases: dns.separateDatabases && other.separateDatabases,
  };
}

interface Side {
  readonly stack: string;
  readonly dns: DnsConfig;
}

function dnsFaults(own: Side, other: Side): readonly string[] {
  const same = (["zoneId", "name"] as const).filter((key) => own.dns[key] !== other.dns[key]);
  return [
    ...same.map((key) => `dns.${key}: ${own.dns[key]} in ${own.stack}, ${other.dns[key]} in ${other.stack}`),
    ...(own.dns.colour === other.dns.colour ? [`dns.colour: both are ${own.dns.colour}`] : []),
    ...(other.dns.peer === own.stack ? [] : [`dns.peer: ${other.stack} names ${other.dns.peer}, and not ${own.stack}`]),
  ];
}

const noDns = (stack: string): SlipwayError =>
  new SlipwayError({
    code: "no-dns",
    exitCode: exitCodes.usage,
    message: `${stack} has no \`slipway:dns\`: it shares its name with no other environment.`,
    remedy: "Nothing was changed. See docs/switch.md for what a pair of environments needs.",
  });

const differs = (stack: string, peer: string, faults: readonly string[]): SlipwayError =>
  new SlipwayError({
    code: "pair-differs",
    exitCode: exitCodes.usage,
    message: [`${stack} and ${peer} do not fit together:`, ...faults.map((fault) => `  slipway:${fault}`)].join("\n"),
    remedy: "Nothing was changed. Correct the stack files, and deploy both.",
    data: { faults },
  });
