import type { ServiceConfig, StackConfig } from "../../infra/config/schema";
import { attachmentsOf, isFallback, planRoutes, type Attachment } from "../../infra/load-balancer/routes";
import type { Slot } from "../../infra/releases";
import type { Check } from "../model/release/plan";
import { slotHeader, type Entrance, type Entrances } from "./entrances";

/** The requests that prove a version healthy, on both sides. */
export interface PlannedChecks {
  readonly idle: readonly Check[];
  readonly live: readonly Check[];
  /** Configured ones that are not made, or not in full, each with the reason. */
  readonly notes: readonly string[];
}

export interface ChecksInput {
  readonly service: string;
  readonly services: StackConfig["services"];
  readonly entrances: Entrances;
  /** Slot that the new version comes up in; null when it has none of its own. */
  readonly idleSlot: Slot | null;
  /** What `{version}` stands for. */
  readonly version: string;
}

/**
 * A service's checks as requests: before the shift through the test listener, and afterwards through the load balancer
 * under the host and path of the container's rule, as clients come in. Where no listener answers this machine the
 * health of the targets decides, and the notes say so (HLT-21).
 */
export function planChecks({ service, services, entrances, idleSlot, version }: ChecksInput): PlannedChecks {
  const attachments = attachmentsOf(services);
  const known = (services[service]?.checks ?? []).map((check) => ({
    check,
    place: placeOf(check, service, attachments),
  }));
  const routed = known.flatMap(({ check, place }) => (place === undefined ? [] : [{ check, place }]));
  const through = (entrance: Entrance | null, slot: Slot | null): readonly Check[] =>
    entrance?.reachable === true
      ? routed.map(({ check, place }) => request(check, place, { base: entrance.url, slot, version }))
      : [];
  return {
    idle: idleSlot === null ? [] : through(entrances.idle, idleSlot),
    live: through(entrances.live, null),
    notes: [
      ...known.flatMap(({ check, place }) => (place === undefined ? [unrouted(check)] : [])),
      ...(routed.length === 0 ? [] : entranceNotes(entrances, idleSlot)),
      ...routed.flatMap(({ check }) => (isDigest(version) && asksVersion(check) ? [withoutTag(check)] : [])),
    ],
  };
}

function entranceNotes({ idle, live }: Entrances, idleSlot: Slot | null): readonly string[] {
  const silent = (entrance: Entrance | null): boolean => entrance?.reachable === false;
  return [
    ...(idleSlot !== null && idle === null ? [noTestListener] : []),
    ...(idleSlot !== null && silent(idle)
      ? [`The test listener ${idle?.url ?? ""} does not answer this machine: ${targetsDecide("before")}`]
      : []),
    ...(silent(live)
      ? [`The load balancer ${live?.url ?? ""} does not answer this machine: ${targetsDecide("after")}`]
      : []),
  ];
}

const targetsDecide = (when: "before" | "after"): string =>
  `no check is made ${when} the shift, and the health of the targets decides.`;
const noTestListener = `The stack has no test listener (\`slipway:loadBalancer.test\`): ${targetsDecide("before")}`;

type CheckConfig = ServiceConfig["checks"][number];

/** Where a request has to go so that this container gets it. */
interface Place {
  /** Null for the load balancer's own name. */
  readonly host: string | null;
}

/** Undefined when the load balancer gives the path to another container, or to none. */
function placeOf(check: CheckConfig, service: string, attachments: readonly Attachment[]): Place | undefined {
  const own = attachments.filter((attachment) => attachment.service === service);
  const attachment =
    check.container === undefined
      ? (own.find(isFallback) ?? own[0])
      : own.find(({ container }) => container === check.container);
  if (attachment === undefined) return undefined;
  const host = attachment.config.hosts?.[0]?.replaceAll("*", "check").replaceAll("?", "x") ?? null;
  const answering = answeringAt(host ?? "", check.path.split("?")[0] ?? "/", attachments);
  return answering?.service === service && answering.container === attachment.container ? { host } : undefined;
}

/** Which container the load balancer gives a request to. */
function answeringAt(host: string, path: string, attachments: readonly Attachment[]): Attachment | undefined {
  const plan = planRoutes(attachments);
  if (plan.kind === "refused") return undefined;
  const fits = (patterns: readonly string[], text: string, flags: string): boolean =>
    patterns.length === 0 || patterns.some((pattern) => expressionOf(pattern, flags).test(text));
  return plan.routes.find(({ hosts, paths }) => fits(hosts, host, "i") && fits(paths, path, "")) ?? plan.fallback;
}

/** `*` stands for any text and `?` for one character (ALB user guide, "Listener rules"). */
function expressionOf(pattern: string, flags: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, flags);
}

function request(
  check: CheckConfig,
  { host }: Place,
  { base, slot, version }: { readonly base: string; readonly slot: Slot | null; readonly version: string },
): Check {
  const tls = host === null ? { verifyCertificate: false } : { serverName: host };
  return {
    name: check.name ?? check.path,
    url: `${base}${check.path}`,
    headers: { ...(host === null ? {} : { host }), ...(slot === null ? {} : { [slotHeader]: slot }) },
    status: check.status,
    json: Object.fromEntries(
      Object.entries(check.json)
        .filter(([, value]) => !(isDigest(version) && hasVersion(value)))
        .map(([key, value]) => [key, typeof value === "string" ? value.replaceAll("{version}", version) : value]),
    ),
    ...(base.startsWith("https:") ? tls : {}),
  };
}

const hasVersion = (value: unknown): boolean => typeof value === "string" && value.includes("{version}");
const asksVersion = ({ json }: CheckConfig): boolean => Object.values(json).some(hasVersion);
/** A program knows its tag, not its digest. */
const isDigest = (version: string): boolean => version.startsWith("sha256:");

const unrouted = ({ name, path }: CheckConfig): string =>
  `Check ${name ?? path} is not made: the load balancer gives ${path} to another container or to none.`;
const withoutTag = ({ name, path }: CheckConfig): string =>
  `Check ${name ?? path} does not compare the version: a digest is released, and a program knows its tag only.`;
