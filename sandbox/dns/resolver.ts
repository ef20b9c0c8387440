import type { SandboxClock } from "../model/clock";
import type { Moto } from "../model/moto";
import type { Scope } from "../model/scope";
import type { ListenerPort } from "../model/targets";
import { choose } from "./choose";
import { type DnsRecord, plainName, recordsOf, zoneFor, type Zone, type Zones, zonesAnswer } from "./zones";

export interface ResolverOptions {
  readonly moto: Pick<Moto, "door">;
  readonly clock: Pick<SandboxClock, "now">;
  /** 0 to 1, 1 not included. */
  readonly random: () => number;
  /** What EvaluateTargetHealth asks: every target group with targets has a healthy one. True for an unknown name. */
  readonly targetHealth: (dnsName: string) => boolean;
  /** Where load balancers listen on this machine. */
  readonly ports: () => readonly ListenerPort[];
}

/** What a resolver that asks Route 53 directly is told. */
export interface DnsAnswer {
  /** `nodata`: the name is there, but not with this type. */
  readonly kind: "answer" | "nodata" | "nxdomain";
  /** Addresses or texts; a load balancer is 127.0.0.1. */
  readonly answers: readonly string[];
  /** The records that were chosen, an alias or CNAME before what it points at: `www.shop.example A blue`. */
  readonly records: readonly string[];
  /** Seconds. */
  readonly ttl: number | undefined;
  /** When the name is a load balancer's: where it answers. */
  readonly listeners: readonly { readonly port: number; readonly address: string }[];
  /** What a client may see instead of this answer, and until when. */
  readonly notes: readonly string[];
}

/** A question about one name; several answers of it come from the same state of the zones. */
export interface Question {
  readonly name: string;
  /** `A`, `CNAME`, `TXT`, ... */
  readonly type: string;
  /** Asked by a task: private zones are seen. @default false */
  readonly isInVpc?: boolean;
}

export interface Resolver {
  resolve(scope: Scope, name: string, type: string): Promise<DnsAnswer>;
  /** Asks the same again and again: every answer is drawn anew. */
  resolveMany(scope: Scope, question: Question, count: number): Promise<readonly DnsAnswer[]>;
}

/** An alias to a load balancer has no TTL of its own; Route 53 uses 60 s ("Choosing between alias and non-alias records"). */
const aliasTtl = 60;

/** BIND follows as many; AWS gives no figure. A ring of CNAMEs must end. */
const mostHops = 16;

/** Answers as the name servers of the account's hosted zones do. */
export function resolver(options: ResolverOptions): Resolver {
  const resolveMany: Resolver["resolveMany"] = async (scope, question, count) => {
    const zones = zonesAnswer.parse(await options.moto.door("/slipway/zones", { account: scope.account }));
    const walk = new Walk(options, scope, zones, question.isInVpc ?? false);
    return Array.from({ length: count }, () => walk.answer(question.name, question.type.toUpperCase()));
  };
  return {
    resolveMany,
    async resolve(scope, name, type) {
      const [answer] = await resolveMany(scope, { name, type }, 1);
      return answer ?? nothing("nxdomain");
    },
  };
}

const nothing = (kind: DnsAnswer["kind"]): DnsAnswer => ({
  kind,
  answers: [],
  records: [],
  ttl: undefined,
  listeners: [],
  notes: [],
});

class Walk {
  constructor(
    private readonly options: ResolverOptions,
    private readonly scope: Scope,
    private readonly zones: Zones,
    private readonly isInVpc: boolean,
  ) {}

  answer(name: string, type: string, hops = mostHops): DnsAnswer {
    const balancer = this.balancerAnswer(name, type);
    if (balancer) return balancer;
    const zone = zoneFor(this.zones.Zones, name, this.isInVpc);
    const records = zone ? recordsOf(zone, name) : [];
    const notes = zone ? this.notesOf(zone, records) : [];
    if (!zone || records.length === 0 || hops === 0) return { ...nothing("nxdomain"), notes };
    const wanted = records.filter((entry) => entry.Type === type);
    const chosen = choose(wanted.length > 0 ? wanted : records.filter(({ Type }) => Type === "CNAME"), {
      isHealthy: (entry) => this.isHealthy(entry, hops),
      random: this.options.random,
      region: this.scope.region,
    });
    if (chosen.length === 0) return { ...nothing("nodata"), notes };
    const parts = chosen.map((entry) => this.follow(entry, type, hops));
    return {
      kind: parts.some(({ kind }) => kind === "answer") ? "answer" : (parts[0]?.kind ?? "nodata"),
      answers: parts.flatMap(({ answers }) => answers),
      records: parts.flatMap(({ records: own }) => own),
      ttl: least(parts.map(({ ttl }) => ttl)),
      listeners: parts.flatMap(({ listeners }) => listeners),
      notes: [...new Set([...notes, ...parts.flatMap((part) => part.notes)])],
    };
  }

  private follow(entry: DnsRecord, type: string, hops: number): DnsAnswer {
    const own = [plainName(entry.Name), entry.Type, entry.SetIdentifier].filter((part) => part !== undefined).join(" ");
    const target =
      entry.AliasTarget?.DNSName ?? (type === "CNAME" || entry.Type !== "CNAME" ? undefined : entry.Values[0]);
    if (target === undefined) {
      return { ...nothing("answer"), answers: entry.Values, records: [own], ttl: entry.TTL };
    }
    const behind = this.answer(target, type, hops - 1);
    // An alias takes the TTL of what it points at; a CNAME has its own, and the shortest one counts.
    return { ...behind, records: [own, ...behind.records], ttl: least([entry.TTL, behind.ttl]) };
  }

  /** Names of load balancers are answered by AWS' own zone, which no account sees. */
  private balancerAnswer(name: string, type: string): DnsAnswer | undefined {
    const listeners = this.options.ports().filter(({ dnsName }) => isSameBalancer(dnsName, name));
    if (listeners.length === 0) return undefined;
    if (type !== "A") return nothing("nodata");
    return {
      ...nothing("answer"),
      answers: ["127.0.0.1"],
      records: [`${plainName(name)} A`],
      ttl: aliasTtl,
      listeners: listeners.map(({ port, address }) => ({ port, address })),
    };
  }

  private isHealthy(entry: DnsRecord, hops: number): boolean {
    return this.passesCheck(entry.HealthCheckId) && this.aliasIsHealthy(entry, hops);
  }

  /** The sandbox probes nothing for Route 53: a check of a load balancer's name is what its targets are, others are healthy. */
  private passesCheck(id: string | undefined): boolean {
    const check = this.zones.HealthChecks.find(({ Id }) => Id === id);
    if (!check || check.Disabled) return true;
    const name = check.FullyQualifiedDomainName;
    return (name ? this.options.targetHealth(plainName(name)) : true) !== check.Inverted;
  }

  /** An alias to records of a zone is healthy when one of them is; to a load balancer, when its targets are. */
  private aliasIsHealthy({ AliasTarget: alias, Type }: DnsRecord, hops: number): boolean {
    if (!alias?.EvaluateTargetHealth || hops === 0) return true;
    const zone = zoneFor(this.zones.Zones, alias.DNSName, this.isInVpc);
    const records = zone ? recordsOf(zone, alias.DNSName).filter((entry) => entry.Type === Type) : [];
    if (records.length > 0) return records.some((entry) => this.isHealthy(entry, hops - 1));
    return this.options.targetHealth(plainName(alias.DNSName).replace(/^dualstack\./, ""));
  }

  private notesOf({ InSyncAt, IsPending }: Zone, records: readonly DnsRecord[]): readonly string[] {
    if (InSyncAt === null) return [];
    const now = this.options.clock.now().getTime() / 1000;
    const ttl = Math.max(0, ...records.map(({ TTL, AliasTarget }) => TTL ?? (AliasTarget ? aliasTtl : 0)));
    const stale = Math.ceil(InSyncAt + ttl - now);
    if (IsPending) {
      return [`A change is PENDING: this is the answer from before it, which resolvers may give for ${stale} s more.`];
    }
    return stale > 0 ? [`The zone has changed: resolvers may answer as before for ${stale} s more.`] : [];
  }
}

/** `dualstack.` in front of a load balancer's name is the same load balancer. */
const isSameBalancer = (dnsName: string, name: string): boolean =>
  plainName(dnsName) === plainName(name).replace(/^dualstack\./, "");

function least(ttls: readonly (number | undefined)[]): number | undefined {
  const known = ttls.filter((ttl) => ttl !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
