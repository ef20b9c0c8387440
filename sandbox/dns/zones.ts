import { z } from "zod";

const record = z.object({
  Name: z.string(),
  Type: z.string(),
  TTL: z.number().optional(),
  Values: z.array(z.string()).default([]),
  SetIdentifier: z.string().optional(),
  Weight: z.number().optional(),
  Failover: z.string().optional(),
  Region: z.string().optional(),
  MultiValueAnswer: z.boolean().optional(),
  HealthCheckId: z.string().optional(),
  AliasTarget: z
    .object({ HostedZoneId: z.string(), DNSName: z.string(), EvaluateTargetHealth: z.boolean().default(false) })
    .optional(),
});

const zone = z.object({
  Id: z.string(),
  Name: z.string(),
  PrivateZone: z.boolean(),
  IsPending: z.boolean(),
  InSyncAt: z.number().nullable(),
  ResourceRecordSets: z.array(record),
});

const healthCheck = z.object({
  Id: z.string(),
  Type: z.string().nullish(),
  FullyQualifiedDomainName: z.string().nullish(),
  Inverted: z.boolean(),
  Disabled: z.boolean(),
});

/** What the side door `/slipway/zones` answers: `sandbox/emulator/doors/zones.py` says what it means. */
export const zonesAnswer = z.object({ Zones: z.array(zone), HealthChecks: z.array(healthCheck) });

export type DnsRecord = z.infer<typeof record>;
export type Zone = z.infer<typeof zone>;
export type Zones = z.infer<typeof zonesAnswer>;

/** Lower case, without the dot at the end: how names are compared. */
export const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, "");

/**
 * The hosted zone that answers for a name: the one whose name is the longest end of it. Inside a VPC a private zone goes
 * before a public one of the same name; from outside nobody sees private ones (Route 53 guide, "Private hosted zones").
 */
export function zoneFor(zones: readonly Zone[], name: string, isInVpc: boolean): Zone | undefined {
  return zones
    .filter((candidate) => isInVpc || !candidate.PrivateZone)
    .filter(({ Name }) => plainName(name) === plainName(Name) || plainName(name).endsWith(`.${plainName(Name)}`))
    .sort((a, b) => b.Name.length - a.Name.length || Number(b.PrivateZone) - Number(a.PrivateZone))[0];
}

/**
 * All records that a name has, of whatever type: its own, or those of the nearest wildcard. A name that has any record
 * is not covered by a wildcard (RFC 4592).
 */
export function recordsOf({ ResourceRecordSets, Name }: Zone, name: string): readonly DnsRecord[] {
  const named = (wanted: string): readonly DnsRecord[] =>
    ResourceRecordSets.filter((entry) => plainName(entry.Name.replace(/^\\052/, "*")) === wanted);
  const own = named(plainName(name));
  if (own.length > 0) return own;
  const labels = plainName(name).split(".");
  const depth = labels.length - plainName(Name).split(".").length;
  for (let cut = 1; cut <= depth; cut++) {
    const wildcard = named(`*.${labels.slice(cut).join(".")}`);
    if (wildcard.length > 0) return wildcard;
  }
  return [];
}
