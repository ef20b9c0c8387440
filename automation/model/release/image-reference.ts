import type { Images } from "../../../infra/releases";

/** A full image reference, taken apart. */
export interface ImageReference {
  /** With its registry, without tag and digest. */
  readonly repository: string;
  readonly tag: string | null;
  /** `sha256:...` */
  readonly digest: string | null;
}

/** `repository:tag`, `repository@digest` or `repository:tag@digest`; a colon before a slash is a registry's port. */
export function parseImage(image: string): ImageReference {
  const [name = "", digest] = image.split("@");
  const [, repository = name, tag] = /^(.*?)(?::([^:/]+))?$/.exec(name) ?? [];
  return { repository, tag: tag ?? null, digest: digest ?? null };
}

/** Host and port of the registry; Docker's rule: a first part without dot or colon is no host but a Docker Hub account. */
export function registryOf(image: string): string {
  const [first = "", ...rest] = parseImage(image).repository.split("/");
  return rest.length > 0 && (/[.:]/.test(first) || first === "localhost") ? first : "docker.io";
}

/** Account of an Amazon ECR registry; undefined for any other. */
export function ecrAccountOf(image: string): string | undefined {
  return /^(\d{12})\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.exec(registryOf(image))?.[1];
}

/** Whether the reference names one image for ever. */
export const isPinned = (image: string): boolean => parseImage(image).digest !== null;

/** What people call it: the tag, else the digest's beginning, else what a registry takes without either. */
export function versionOfImage(image: string): string {
  const { tag, digest } = parseImage(image);
  return tag ?? (digest === null ? "latest" : shortDigest(digest));
}

/** `sha256:` and 12 digits, as much as Docker shows. */
export const shortDigest = (digest: string): string => digest.slice(0, "sha256:".length + 12);

/** Whether two tasks run the same, container by container. */
export const sameImages = (one: Images, other: Images): boolean => {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
};
