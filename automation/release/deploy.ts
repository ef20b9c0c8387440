import type { Context } from "../context";
import type { OverrideWords } from "../gate/override";
import { exitCodes, usageError } from "../model/errors";
import type { Report } from "../model/report";
import { up } from "../stack/up";
import type { BeginContext } from "./begin";
import { firstReleases } from "./first-releases";
import { releaseTargets, type ReleaseOptions } from "./release";
import { parseTargets, type Target } from "./targets";

export type DeployContext = BeginContext & Pick<Context, "skipDiffGate" | "openPeer">;

export interface DeployOptions extends Omit<ReleaseOptions, "type" | "component" | "version">, OverrideWords {
  /** As in `release`; a version alone is meant for all services. @default the images stay as they are */
  readonly targets: readonly string[];
  /** Leaves the infrastructure as it is. @default false */
  readonly appOnly?: boolean | undefined;
  /** Ask the cloud for the real state first. @default false */
  readonly refresh?: boolean;
  /** Stacks of the same project that come after it, one after the other. @default none */
  readonly then?: readonly string[] | undefined;
}

/** What has been done in one environment. */
interface Part {
  readonly stack: string;
  readonly kind: "infrastructure" | "images";
  readonly report: Report;
}

/**
 * Infrastructure first, and then the images, in one environment or in several, strictly in their order: the first that
 * does not end well ends it all. A service that was never deployed begins with the wanted version.
 *
 * @throws SlipwayError whatever `up` and `release` throw; before anything is begun for wrong words and unknown stacks
 */
export async function deploy(context: DeployContext, options: DeployOptions): Promise<Report> {
  refuseTwice([context.stack, ...(options.then ?? [])]);
  const peers: DeployContext[] = [];
  for (const stack of options.then ?? []) peers.push(await context.openPeer(stack));
  const words = options.targets.map((word) => (word.includes("=") ? word : `all=${word}`));
  // What one of them cannot understand must not be found out when the others are done.
  const runs = [context, ...peers].map((each) => ({ each, targets: targetsOf(each, words, options) }));
  const parts: Part[] = [];
  for (const { each, targets } of runs) {
    for await (const part of inOne(each, targets, { ...options, targets: words })) {
      parts.push(part);
      context.output.say(part.report.summary);
      if (!isGood(part)) return told(parts, [context, ...peers]);
    }
  }
  return told(parts, [context, ...peers]);
}

function refuseTwice(stacks: readonly string[]): void {
  const twice = stacks.find((stack, index) => stacks.indexOf(stack) !== index);
  if (twice !== undefined)
    throw usageError(
      `${twice} is named twice.`,
      "Nothing was changed. Name every stack once, in the order they are to go.",
    );
}

/** Without a word only the infrastructure is meant. */
const targetsOf = (
  { config }: DeployContext,
  words: readonly string[],
  { appOnly = false }: DeployOptions,
): readonly Target[] => (words.length === 0 && !appOnly ? [] : parseTargets(words, config.services));

async function* inOne(
  context: DeployContext,
  targets: readonly Target[],
  options: DeployOptions,
): AsyncGenerator<Part, void> {
  const { stack } = context;
  const fresh = options.appOnly === true ? [] : await neverDeployed(context, targets);
  if (options.appOnly !== true) {
    const first = fresh.length === 0 ? undefined : await firstReleases(context, fresh);
    yield { stack, kind: "infrastructure", report: await up(context, { ...options, firstReleases: first }) };
  }
  const known = targets.filter((target) => !fresh.includes(target));
  if (known.length > 0) yield { stack, kind: "images", report: await releaseTargets(context, known, options) };
}

async function neverDeployed({ engine }: DeployContext, targets: readonly Target[]): Promise<readonly Target[]> {
  if (targets.length === 0) return [];
  const releases = (await engine.outputs()).find(({ name }) => name === "releases")?.value ?? {};
  return targets.filter(({ service }) => !Object.hasOwn(releases, service));
}

const isGood = ({ report: { exitCode = exitCodes.done } }: Part): boolean => exitCode === exitCodes.done;

function told(parts: readonly Part[], all: readonly DeployContext[]): Report {
  const exitCode = parts.find((part) => !isGood(part))?.report.exitCode;
  const untouched = all.map(({ stack }) => stack).filter((stack) => !parts.some((part) => part.stack === stack));
  const lines = parts.map(({ stack, kind, report }) => `${stack}, ${kind}: ${String(report.data["outcome"])}`);
  return {
    summary: [...lines, ...untouched.map((stack) => `${stack}: not begun`)].join("\n"),
    data: { parts: parts.map(({ stack, kind, report }) => ({ stack, kind, ...report.data })), untouched },
    ...(exitCode === undefined ? {} : { exitCode }),
  };
}
