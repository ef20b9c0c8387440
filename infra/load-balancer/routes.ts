import type { AttachmentConfig, StackConfig } from "../config/schema";
import { stableHash } from "./stable-hash";

/** One container port behind the load balancer. */
export interface Attachment {
  readonly service: string;
  readonly container: string;
  readonly config: AttachmentConfig;
}

/** A listener rule: the requests that an attachment gets before the default action. */
export interface Route extends Attachment {
  readonly priority: number;
  readonly paths: readonly string[];
  readonly hosts: readonly string[];
}

export type RoutePlan =
  | {
      readonly kind: "ok";
      /** Gets what no rule matches; nothing is served there without it. */
      readonly fallback: Attachment | undefined;
      /** By priority, first matching first. */
      readonly routes: readonly Route[];
    }
  | { readonly kind: "refused"; readonly faults: readonly string[] };

/** All attachments of all services, by service and container. */
export function attachmentsOf(services: StackConfig["services"]): readonly Attachment[] {
  return Object.entries(services)
    .flatMap(([service, { containers }]) =>
      Object.entries(containers).flatMap(([container, { loadBalancer }]) =>
        loadBalancer === undefined ? [] : [{ service, container, config: loadBalancer }],
      ),
    )
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** Part of the names of what belongs to an attachment; a container that is called like its service adds nothing. */
export const attachmentName = ({ service, container }: Pick<Attachment, "service" | "container">): string =>
  container === service ? service : `${service}-${container}`;

/** `service/container`, as messages and hashes name an attachment. */
export const keyOf = ({ service, container }: Attachment): string => `${service}/${container}`;

/**
 * Orders the rules of a listener. A priority that configuration does not give is derived from the rule alone, longer
 * patterns first: so a further service does not renumber the others, which AWS refuses half-way (PriorityInUse),
 * because rules change in parallel.
 */
export function planRoutes(attachments: readonly Attachment[]): RoutePlan {
  const fallbacks = attachments.filter(isFallback);
  const rules = attachments.filter((attachment) => !isFallback(attachment)).map(withConditions);
  const faults = [
    ...severalFallbacks(fallbacks),
    ...rules.flatMap(tooManyValues),
    ...sharedConditions(rules),
    ...sharedPriorities(rules),
  ];
  if (faults.length > 0) return { kind: "refused", faults };
  return { kind: "ok", fallback: fallbacks[0], routes: prioritised(rules) };
}

type Rule = Omit<Route, "priority">;

const withConditions = (attachment: Attachment): Rule => ({
  ...attachment,
  paths: attachment.config.paths ?? [],
  hosts: attachment.config.hosts ?? [],
});

/** Whether an attachment gets all requests that no rule matches. */
export const isFallback = ({ config }: Attachment): boolean =>
  (config.paths ?? []).length + (config.hosts ?? []).length === 0;

const severalFallbacks = (fallbacks: readonly Attachment[]): string[] =>
  fallbacks.length < 2
    ? []
    : [`${fallbacks.map(keyOf).join(" and ")} have neither paths nor hosts: only one can get all other requests.`];

/** Quota "condition values per rule" of the load balancer: 5, paths and hosts together. */
const tooManyValues = (rule: Rule): string[] =>
  rule.paths.length + rule.hosts.length <= 5
    ? []
    : [`${keyOf(rule)} has ${rule.paths.length + rule.hosts.length} paths and hosts: a rule takes 5.`];

function sharedConditions(rules: readonly Rule[]): string[] {
  const owners = grouped(
    rules.flatMap((rule) => conditionsOf(rule).map((condition) => [condition, keyOf(rule)] as const)),
  );
  return [...owners].flatMap(([condition, keys]) =>
    keys.length < 2 ? [] : [`${keys.join(" and ")} both answer ${condition}: the second would never get a request.`],
  );
}

function sharedPriorities(rules: readonly Rule[]): string[] {
  const owners = grouped(
    rules.flatMap((rule) => (rule.config.priority === undefined ? [] : [[rule.config.priority, keyOf(rule)] as const])),
  );
  return [...owners].flatMap(([priority, keys]) =>
    keys.length < 2 ? [] : [`${keys.join(" and ")} both have priority ${priority}.`],
  );
}

/** Hosts are compared without regard to case, paths are not (ALB user guide, "Listener rules"). */
function conditionsOf({ paths, hosts }: Rule): string[] {
  const names = hosts.length === 0 ? [""] : hosts.map((host) => host.toLowerCase());
  return names.flatMap((host) => (paths.length === 0 ? ["/*"] : paths).map((path) => `${host}${path}`));
}

function prioritised(rules: readonly Rule[]): Route[] {
  const taken = new Set(rules.flatMap(({ config }) => config.priority ?? []));
  const routes = rules.map((rule): Route => {
    const priority = rule.config.priority ?? free(derivedPriority(rule), taken);
    taken.add(priority);
    return { ...rule, priority };
  });
  return routes.sort((one, other) => one.priority - other.priority);
}

/** Priorities below are for configuration: what it puts there comes before all derived ones. */
const firstDerived = 1000;
/** Longest text of a path or a host pattern, and one more for a pattern without wildcards. */
const longestPattern = 129;
/** As many priorities as fit for each length: (50000 - 1000) / (2 * 129 + 1). */
const bandWidth = 189;

function derivedPriority(rule: Rule): number {
  const length = literalLength(rule.paths) + literalLength(rule.hosts);
  return firstDerived + (2 * longestPattern - length) * bandWidth + (stableHash(keyOf(rule)) % bandWidth);
}

/** Of the least exact pattern, because the rule also answers that one. */
function literalLength(patterns: readonly string[]): number {
  const lengths = patterns.map((pattern) => pattern.replace(/[*?]/g, "").length + (/[*?]/.test(pattern) ? 0 : 1));
  return lengths.length === 0 ? 0 : Math.min(longestPattern, ...lengths);
}

function free(wanted: number, taken: ReadonlySet<number>): number {
  let priority = wanted;
  while (taken.has(priority)) priority = priority === 50000 ? firstDerived : priority + 1;
  return priority;
}

function grouped<K>(pairs: readonly (readonly [K, string])[]): ReadonlyMap<K, readonly string[]> {
  const groups = new Map<K, string[]>();
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}
