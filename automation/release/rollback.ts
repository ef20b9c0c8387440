import type { Images } from "../../infra/releases";
import type { Context } from "../context";
import { exitCodes, SlipwayError, usageError } from "../model/errors";
import { effective } from "../model/release/decide-watch";
import { versionOfImage } from "../model/release/image-reference";
import type { Report } from "../model/report";
import type { Consent } from "../stack/ask-first";
import type { LockOptions } from "../stack/changing";
import { beginReleases, type BeginContext } from "./begin";
import { asked } from "./cloud-failure";
import type { Wanted } from "./make-plan";
import { planningOf, type ReleaseWords } from "./release";
import { servicesNamed } from "./restart";
import { lastReleased, namedTarget, previousTarget, type TargetChoice, type TargetFacts } from "./rollback-target";
import type { StackFacts } from "./stack-facts";
import { parseTargets } from "./targets";

export interface RollbackOptions extends ReleaseWords, Consent, LockOptions {
  /** @default the services of the last release */
  readonly service?: string | undefined;
  /** Rollback point: its id, or a beginning of it. @default the newest state that worked and is not the present one */
  readonly to?: string | undefined;
  /** Tag to go back to. */
  readonly version?: string | undefined;
  /** `family:revision` or ARN: its images, in the task definition of today. */
  readonly taskDefinition?: string | undefined;
  readonly approvedBy?: string | undefined;
  /** Only while this release is what the service runs: for a watch, which may have waited for a lock. @default whatever it runs */
  readonly onlyFrom?: string | undefined;
}

/** A way back shall not take longer than it must: all traffic at once, and a minute's watch. */
const quickBake = "1m";

/** How many closed releases are looked at to know what was gone back from. */
const memory = 200;

/**
 * Goes back to a state that worked: never simply to the revision before, which may have failed. It is a release like
 * any other, with the same proofs, and can itself be gone back from.
 */
export async function rollback(context: BeginContext, options: RollbackOptions): Promise<Report> {
  const { service, to, version, taskDefinition, onlyFrom } = options;
  if ([to, version, taskDefinition].filter((one) => one !== undefined).length > 1)
    throw usageError("--to, --version and --task-definition exclude each other.", "Say one of them.");
  if ((version !== undefined || taskDefinition !== undefined) && service === undefined)
    throw usageError("--version and --task-definition are those of one service.", "Name the service after the stack.");
  const journals = await context.journals.latest(memory);
  const services =
    service !== undefined
      ? servicesNamed(context.config, [service])
      : rolledBackTogether(context, lastReleased(journals));
  const words =
    options.steps === undefined && options.strategy === undefined
      ? { ...options, ...quickly(context, services, options.bake) }
      : options;
  return beginReleases(context, {
    command: "rollback",
    services,
    wanted: async (facts) => {
      if (onlyFrom !== undefined) await refuseOther(context, services, onlyFrom);
      return wantedOf(context, facts, services, { to, version, taskDefinition });
    },
    // What fires is often the reason for going back; it must not take the way back, back.
    planning: { ...planningOf(words), firingAlarms: "ignored" },
    options,
    order: "parallel",
    allOrNothing: false,
    reason: options.reason,
    asked: { service, to, version, taskDefinition, reason: options.reason, approvedBy: options.approvedBy },
  });
}

/** @throws SlipwayError `superseded` (exit 3) when something else has been released since */
async function refuseOther({ journals }: BeginContext, services: readonly string[], release: string): Promise<void> {
  for (const service of services) {
    const live = effective(await journals.latest(memory, service));
    if (live === undefined || live.release === release) continue;
    throw new SlipwayError({
      code: "superseded",
      exitCode: exitCodes.blocked,
      message: `${service} runs what ${live.release} released by now, and not ${release}. Nothing was changed.`,
      remedy: "Go back from it by `slipway rollback` when that is what you want.",
    });
  }
}

/** With two slots everything moves in one step, a service with one slot rolls; what ECS itself shifts goes as configured. */
function quickly(
  { config }: Pick<Context, "config">,
  services: readonly string[],
  bake: string | undefined,
): ReleaseWords {
  const kinds = services.flatMap((service) => config.services[service]?.release ?? []);
  if (kinds.some(({ controller }) => controller === "ecs")) return {};
  const hasTwoSlots = kinds.every(({ strategy }) => strategy !== "rolling");
  return { bake: bake ?? quickBake, ...(hasTwoSlots ? { strategy: "blue-green", steps: "100" } : {}) };
}

function rolledBackTogether({ stack, config }: BeginContext, services: readonly string[]): readonly string[] {
  const known = services.filter((service) => config.services[service] !== undefined);
  if (known.length > 0) return known;
  throw new SlipwayError({
    code: "nothing-to-roll-back",
    exitCode: exitCodes.blocked,
    message: `No release of ${stack} is on record, so there is nothing to go back from. Nothing was changed.`,
    remedy: `Name a service, and a point of \`slipway rollback-points list ${stack}\`.`,
  });
}

type Destination = Pick<RollbackOptions, "to" | "version" | "taskDefinition">;

async function wantedOf(
  context: BeginContext,
  facts: StackFacts,
  services: readonly string[],
  { to, version, taskDefinition }: Destination,
): Promise<readonly Wanted[]> {
  if (version !== undefined)
    return parseTargets(
      services.map((service) => `${service}=${version}`),
      context.config.services,
    ).map((target) => ({
      kind: "target",
      target,
    }));
  if (taskDefinition !== undefined)
    return Promise.all(services.map((service) => ofTaskDefinition(context, service, taskDefinition)));
  const [points, journals] = await Promise.all([context.points.list(), context.journals.latest(memory)]);
  return services.map((service) => {
    const release = facts.releases[service];
    const current = release?.slots[release.live]?.images ?? {};
    const known: TargetFacts = { service, current, points, journals };
    return wantedFrom(context.stack, service, to === undefined ? previousTarget(known) : namedTarget(known, to), {
      current,
      to,
    });
  });
}

function wantedFrom(
  stack: string,
  service: string,
  choice: TargetChoice,
  { current, to }: { readonly current: Images; readonly to: string | undefined },
): Wanted {
  switch (choice.kind) {
    case "found":
      return { kind: "images", service, images: choice.target.images, version: choice.target.version };
    case "same":
      return { kind: "images", service, images: current, version: choice.version };
    case "no-point":
      throw noPoint(stack, service, choice.known, to);
    case "not-in-point":
      throw new SlipwayError({
        code: "point-without-service",
        exitCode: exitCodes.blocked,
        message: `${choice.point} does not know ${service}: it is older than the service. Nothing was changed.`,
        remedy: `See \`slipway rollback-points list ${stack}\`.`,
      });
  }
}

async function ofTaskDefinition(context: BeginContext, service: string, name: string): Promise<Wanted> {
  const found = await asked(() => context.containers.taskDefinition(name));
  const known = Object.keys(context.config.services[service]?.containers ?? {});
  if (found === undefined || !known.some((container) => found.images[container] !== undefined))
    throw new SlipwayError({
      code: "task-definition-unknown",
      exitCode: exitCodes.blocked,
      message:
        found === undefined
          ? `There is no task definition ${name}. Nothing was changed.`
          : `${name} has none of the containers of ${service} (${known.join(", ")}). Nothing was changed.`,
      remedy: "`aws ecs list-task-definitions --family-prefix <family>` shows which there are.",
    });
  const [first = ""] = Object.values(found.images);
  return { kind: "images", service, images: found.images, version: found.version ?? versionOfImage(first) };
}

const noPoint = (stack: string, service: string, known: readonly string[], to: string | undefined): SlipwayError =>
  new SlipwayError({
    code: "no-rollback-point",
    exitCode: exitCodes.blocked,
    message: [
      to === undefined
        ? `There is no state of ${service} to go back to.`
        : `No rollback point, or more than one, is called ${to}.`,
      known.length === 0 ? "No point is kept yet." : `Known points: ${known.slice(0, 5).join(", ")}.`,
      "Nothing was changed.",
    ].join(" "),
    remedy: `\`slipway rollback-points list ${stack}\` shows them; \`slipway rollback ${stack} ${service} --version <tag>\` goes to any version.`,
  });
