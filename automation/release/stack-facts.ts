import { endpointOutputName } from "../../infra/outputs";
import { releasesSchema, slots, type Releases, type Slot } from "../../infra/releases";
import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";

type BySlot = Readonly<Partial<Record<Slot, string>>>;

/** What a deployed stack says of itself, as far as a release has to know. */
export interface StackFacts {
  /** ECS cluster. */
  readonly cluster: string;
  readonly releases: Releases;
  /** ECS services by service and slot. */
  readonly serviceNames: Readonly<Record<string, BySlot>>;
  /** ARNs by service, container and slot; empty without a load balancer. */
  readonly targetGroups: Readonly<Record<string, Readonly<Record<string, BySlot>>>>;
  readonly loadBalancerDns: string | null;
  /** `http(s)://<dns>:<port>`, where the header `x-slipway-slot` chooses the slot; null when there is no such listener. */
  readonly testListenerUrl: string | null;
  /** By service, the alarms that must be silent. */
  readonly releaseAlarms: Readonly<Record<string, readonly string[]>>;
  /** URL by service, for people. */
  readonly endpoints: Readonly<Record<string, string>>;
}

/**
 * Reads the stack's outputs once.
 *
 * @throws SlipwayError `not-deployed` or `record-newer` (exit 3)
 */
export async function readStackFacts({
  engine,
  stack,
  config,
}: Pick<Context, "engine" | "stack" | "config">): Promise<StackFacts> {
  const outputs = Object.fromEntries((await engine.outputs()).map(({ name, value }) => [name, value]));
  const { releases, ClusterName: cluster, ServiceNames: serviceNames } = outputs;
  if (releases === undefined || cluster === undefined || serviceNames === undefined) throw notDeployed(stack);
  const known = releasesSchema.safeParse(releases);
  if (!known.success) throw newer(stack, "releases");
  return {
    cluster: read(cluster, isText) ?? fail(stack, "ClusterName"),
    releases: known.data,
    serviceNames: read(serviceNames, isMapOf(isBySlot)) ?? fail(stack, "ServiceNames"),
    targetGroups: read(outputs["TargetGroupArns"] ?? {}, isMapOf(isMapOf(isBySlot))) ?? fail(stack, "TargetGroupArns"),
    loadBalancerDns: read(outputs["LoadBalancerDNS"], isText) ?? null,
    testListenerUrl: read(outputs["TestListenerUrl"], isText)?.replace(/\/+$/, "") ?? null,
    releaseAlarms:
      read(outputs["ReleaseAlarmNames"] ?? {}, isMapOf(isListOf(isText))) ?? fail(stack, "ReleaseAlarmNames"),
    endpoints: Object.fromEntries(
      Object.keys(config.services).flatMap((service) => {
        const url = read(outputs[endpointOutputName(service)], isText);
        return url === undefined ? [] : [[service, url]];
      }),
    ),
  };
}

/** A stack, or one of its services when it is named, that has to be built before anything can be released in it. */
export function notDeployed(stack: string, service?: string): SlipwayError {
  return new SlipwayError({
    code: "not-deployed",
    exitCode: exitCodes.blocked,
    message:
      service === undefined
        ? `${stack} has not been deployed yet, so there is nothing to release into.`
        : `Service ${service} is configured, but ${stack} has not been deployed with it yet.`,
    remedy: `Nothing was changed. Run \`slipway up ${stack}\` first.`,
    ...(service === undefined ? {} : { resource: service }),
  });
}

function newer(stack: string, output: string): SlipwayError {
  return new SlipwayError({
    code: "record-newer",
    exitCode: exitCodes.blocked,
    message: `The output "${output}" of ${stack} has a form that this Slipway does not know: it was written by a newer Slipway, or by something else.`,
    remedy: `Nothing was changed. Use the Slipway that deployed ${stack} last, or a later one.`,
    data: { output },
  });
}

function fail(stack: string, output: string): never {
  throw newer(stack, output);
}

type Is<T> = (value: unknown) => value is T;

const read = <T>(value: unknown, is: Is<T>): T | undefined => (is(value) ? value : undefined);

const isText: Is<string> = (value): value is string => typeof value === "string" && value !== "";

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isMapOf =
  <T>(is: Is<T>): Is<Readonly<Record<string, T>>> =>
  (value): value is Readonly<Record<string, T>> =>
    isGroup(value) && Object.values(value).every(is);

const isListOf =
  <T>(is: Is<T>): Is<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(is);

const isBySlot: Is<BySlot> = (value): value is BySlot =>
  isGroup(value) && Object.entries(value).every(([slot, text]) => slots.includes(slot as Slot) && isText(text));
