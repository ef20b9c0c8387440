import type { ServiceConfig } from "../../infra/config/schema";
import type { Images } from "../../infra/releases";
import { isPinned, shortDigest } from "../model/release/image-reference";
import type { SlotContent } from "../model/release/plan";
import type { ImageAnswer, Registry } from "../ports/registry";
import { mainContainer, ownContainers } from "./own-containers";
import type { Target, Wish } from "./targets";

/** What a service is to run: images by container, and the version people know them by. */
export interface NewContent extends Pick<SlotContent, "images" | "version" | "pushedAt"> {
  /** Containers that keep what they run, and images that could not be pinned. */
  readonly notes: readonly string[];
}

interface Candidate {
  readonly container: string;
  readonly repository: string;
  readonly wish: Wish;
  /** The operator named this very container. */
  readonly named: boolean;
}

/**
 * Images for a target, pinned to what their tags name now; what a registry does not have is left for the preflight to refuse. A container of several that is not named, has another
 * configured tag than the main one and no such tag in its repository has versions of its own: it keeps its image.
 */
export async function newImages(
  registry: Registry,
  target: Target,
  config: Pick<ServiceConfig, "containers">,
  live: SlotContent,
): Promise<NewContent> {
  const looks = await Promise.all(
    candidatesOf(target, config).map(async (candidate) => ({
      candidate,
      answer: await registry.look(referenceOf(candidate)),
    })),
  );
  const chosen = looks.filter((look) => !keepsOwn(look, target, config));
  const kept = looks.filter((look) => !chosen.includes(look));
  const pushed = chosen.flatMap(({ answer }) => (answer.kind === "found" ? (answer.pushedAt ?? []) : [])).sort();
  const newest = pushed.at(-1);
  return {
    images: {
      ...liveImages(config, live),
      ...Object.fromEntries(chosen.map((look) => [look.candidate.container, pinned(look)])),
    },
    version: versionOf(target, config, live),
    ...(newest === undefined ? {} : { pushedAt: newest }),
    notes: [...kept.map(keptNote), ...chosen.flatMap(unpinnedNote)],
  };
}

interface Look {
  readonly candidate: Candidate;
  readonly answer: ImageAnswer;
}

/** What every configured container runs in the live slot; one that was added since has its first image. */
export const liveImages = ({ containers }: Pick<ServiceConfig, "containers">, live: SlotContent): Images =>
  Object.fromEntries(
    Object.entries(containers).map(([name, { image }]) => [
      name,
      live.images[name] ?? `${image.repository}:${image.tag}`,
    ]),
  );

function candidatesOf(target: Target, config: Pick<ServiceConfig, "containers">): readonly Candidate[] {
  const { service, wish, containers } = target;
  const repository = (container: string): string => config.containers[container]?.image.repository ?? container;
  const own = wish === null ? [] : ownContainers(service, config).map((container) => ({ container, wish }));
  return [
    ...own
      .filter(({ container }) => containers[container] === undefined)
      .map((each) => ({ ...each, repository: repository(each.container), named: false })),
    ...Object.entries(containers).map(([container, named]) => ({
      container,
      wish: named,
      repository: repository(container),
      named: true,
    })),
  ];
}

/** A digest says it all, and a tag beside it is only its name. */
const referenceOf = ({ repository, wish: { tag, digest } }: Candidate): string =>
  digest === null ? `${repository}:${tag ?? "latest"}` : `${repository}@${digest}`;

function keepsOwn(
  { candidate: { container, named }, answer }: Look,
  { service }: Target,
  { containers }: Pick<ServiceConfig, "containers">,
): boolean {
  const main = mainContainer(service, { containers });
  return (
    !named &&
    container !== main &&
    answer.kind === "no-tag" &&
    containers[container]?.image.tag !== containers[main]?.image.tag
  );
}

function pinned({ candidate, answer }: Look): string {
  const reference = referenceOf(candidate);
  return answer.kind === "found" && !isPinned(reference) ? `${candidate.repository}@${answer.digest}` : reference;
}

const keptNote = ({ candidate: { container, repository, wish } }: Look): string =>
  `Container ${container} keeps its image: ${repository} has no tag ${wish.tag ?? "latest"}, and the container has versions of its own.`;

function unpinnedNote({ candidate, answer }: Look): readonly string[] {
  const reference = referenceOf(candidate);
  if (answer.kind !== "unknown") return [];
  return [
    isPinned(reference)
      ? `${reference} could not be looked at (${answer.why}).`
      : `${reference} is neither checked nor pinned (${answer.why}): if the tag moves, later tasks run another image.`,
  ];
}

function versionOf(
  { service, wish, containers }: Target,
  config: Pick<ServiceConfig, "containers">,
  live: SlotContent,
): string {
  const main = containers[mainContainer(service, config)] ?? wish;
  if (main === null) return live.version;
  return main.tag ?? (main.digest === null ? live.version : shortDigest(main.digest));
}
