import * as pulumi from "@pulumi/pulumi";
import { limits, type NamedResource } from "./naming-limits";
import type { StackConfig } from "./config/schema";
import type { Slot } from "./releases";

/**
 * Physical names of the resources that documents and operators know by name. All else is named by Pulumi from its
 * logical name, because a resource with a name of ours is deleted before its replacement exists.
 */
export interface Names {
  /** Physical name of the environment: `{stack}` in the templates. */
  readonly stack: string;
  readonly cluster: string;
  readonly database: string;
  /** First part of every alarm's name. */
  readonly alarmPrefix: string;
  /** Undefined when Pulumi names the load balancer. */
  readonly loadBalancer: string | undefined;
  /** ECS service of a slot; blue has the plain name, green the suffix `-green`. */
  service(key: string, slot: Slot): string;
  /** Task definition family of a slot, with the same suffix. */
  family(key: string, slot: Slot): string;
  logGroup(service: string, container: string): string;
  /** `database`, or a key of `slipway:secrets`. */
  secret(key: string): string;
}

/**
 * Names of one environment.
 *
 * @param stackName what `physicalStackName` gave
 * @throws pulumi.RunError when a name is longer than AWS takes or has characters that AWS refuses
 */
export function makeNames(config: StackConfig, stackName: string): Names {
  const { naming } = config;
  const words = { system: config.system, environment: config.environment, stack: stackName };
  const name = (
    kind: NamedResource,
    template: string,
    more: Readonly<Record<string, string>> = {},
    suffix = "",
  ): string => checkedName(kind, `${expandTemplate(template, { ...words, ...more })}${suffix}`);
  return {
    stack: stackName,
    cluster: name("cluster", naming.cluster),
    database: name("database", naming.database),
    alarmPrefix: name("alarm", naming.alarm),
    loadBalancer: naming.loadBalancer === undefined ? undefined : name("loadBalancer", naming.loadBalancer),
    service: (service, slot) => name("service", naming.service, { service }, slotSuffix[slot]),
    family: (service, slot) => name("family", naming.family, { service }, slotSuffix[slot]),
    logGroup: (service, container) => name("logGroup", naming.logGroup, { service, container }),
    secret: (secret) => name("secret", naming.secret, { secret }),
  };
}

/**
 * Physical name of the environment. `{timestamp}` is minted once: a stack that has a name keeps it, whatever the
 * template says today, because a new name would replace the cluster and the database.
 *
 * @param previous the stack output `stackName`; undefined on the very first deployment
 * @param startedAt `YYYYMMDD-HHMMSS` in UTC
 */
export function physicalStackName(config: StackConfig, previous: string | undefined, startedAt: string): string {
  const { system, environment } = config;
  return previous ?? expandTemplate(config.naming.stack, { system, environment, timestamp: startedAt });
}

/**
 * Fills the words in braces.
 *
 * @throws pulumi.RunError when a placeholder has no word
 */
export function expandTemplate(template: string, words: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^}]*)\}/g, (placeholder, word: string) => {
    const value = Object.hasOwn(words, word) ? words[word] : undefined;
    if (value !== undefined) return value;
    const known = Object.keys(words).map((key) => `{${key}}`);
    throw new pulumi.RunError(
      `Name template "${template}": ${placeholder} has no value here; use ${known.join(", ")}.`,
    );
  });
}

/** Tags of every resource, given once to the provider; the configuration's own tags cannot change the first four. */
export function defaultTags(config: StackConfig): Record<string, string> {
  return {
    ...config.tags,
    Project: pulumi.getProject(),
    System: config.system,
    Environment: config.environment,
    ManagedBy: "slipway",
  };
}

const slotSuffix: Readonly<Record<Slot, string>> = { blue: "", green: "-green" };

function checkedName(kind: NamedResource, name: string): string {
  const { what, length, shape, shapeText } = limits[kind];
  const fault =
    name.length > length
      ? `has ${name.length} characters, and ${what} takes ${length}`
      : shape.test(name)
        ? undefined
        : `is not a name for ${what}: ${shapeText}`;
  if (fault === undefined) return name;
  throw new pulumi.RunError(
    `slipway:naming.${kind}: "${name}" ${fault}. Change the template, or shorten slipway:system or slipway:environment.`,
  );
}
