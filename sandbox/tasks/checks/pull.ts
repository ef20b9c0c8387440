import { createHash } from "node:crypto";
import { AwsFault } from "../../model/aws-fault";
import type { Moto } from "../../model/moto";
import type { Scope } from "../../model/scope";
import { imageReference, type ImageReference } from "./image-reference";
import { allowsPull } from "./repository-policy";
import { failedToStart, type StartFailure } from "./start-failure";

/** What the registry said. */
export type Pull =
  | {
      readonly kind: "pulled";
      readonly digest: string;
      /** Tag the registry knows the digest by. */
      readonly tag: string | undefined;
    }
  | { readonly kind: "refused"; readonly text: string };

/**
 * Asks the registry for an image, in the name of the account that runs the task.
 *
 * Images of ECR must be in the cloud of the sandbox. Of every other registry all images are there, except those whose
 * tag has the word `missing` in it.
 */
export async function pull(moto: Moto, scope: Scope, image: string): Promise<Pull> {
  const reference = imageReference(image);
  if (!reference.ecr) {
    if (reference.tag?.includes("missing")) return refused(notFound(image));
    return { kind: "pulled", digest: reference.digest ?? inventedDigest(image), tag: reference.tag };
  }
  if (reference.ecr.account !== scope.account && !(await isLetIn(moto, scope, reference))) {
    return refused(forbidden(image));
  }
  return fromEcr(moto, image, reference, reference.ecr);
}

const ecr = (operation: string): string => `AmazonEC2ContainerRegistry_V20150921.${operation}`;

async function fromEcr(
  moto: Moto,
  image: string,
  { repository, tag, digest }: ImageReference,
  place: Scope,
): Promise<Pull> {
  try {
    const { images } = await moto.call(place, "ecr", ecr("BatchGetImage"), {
      registryId: place.account,
      repositoryName: repository,
      imageIds: [digest === undefined ? { imageTag: tag } : { imageDigest: digest }],
    });
    const found = (images as readonly { imageId?: { imageDigest?: string; imageTag?: string } }[] | undefined)?.[0];
    if (!found?.imageId?.imageDigest) return refused(notFound(image));
    return { kind: "pulled", digest: found.imageId.imageDigest, tag: tag ?? found.imageId.imageTag };
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    if (error.code === "RepositoryNotFoundException") return refused(noRepository(image));
    return refused(`${retried(image)}: ${error.code}: ${error.message}`);
  }
}

async function isLetIn(moto: Moto, scope: Scope, { repository, ecr: place }: ImageReference): Promise<boolean> {
  if (!place) return true;
  try {
    const input = { registryId: place.account, repositoryName: repository };
    const { policyText } = await moto.call(place, "ecr", ecr("GetRepositoryPolicy"), input);
    return typeof policyText === "string" && allowsPull(policyText, scope.account);
  } catch (error) {
    // No such repository, no such account, no policy: a stranger is told the same of all of them.
    if (error instanceof AwsFault) return false;
    throw error;
  }
}

/** What Fargate says of a failing pull begins like this; 7 retries since 2025. */
const retried = (image: string): string =>
  `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${image}`;

const notFound = (image: string): string => `${retried(image)}: not found`;

/** ECS developer guide, task_cannot_pull_image. */
const noRepository = (image: string): string =>
  `CannotPullContainerError: API error (404): repository ${image.replace(/[:@][^/]*$/, "")} not found`;

/** Text of the agent on Fargate; it tries this one but once. */
export function forbidden(image: string): string {
  const { host, tag, digest } = imageReference(image);
  const again = "CannotPullContainerError: pull image manifest has been retried 1 time(s)";
  const status = `pulling from host ${host} failed with status code [manifests ${digest ?? tag}]: 403 Forbidden`;
  return `${again}: failed to resolve ref ${image}: ${status}`;
}

/** No way to the registry: the connection is never made. */
export function unreachable(image: string): string {
  const { host, repository, tag, digest } = imageReference(image);
  const server = host === "docker.io" ? "registry-1.docker.io" : host;
  const url = `https://${server}/v2/${repository}/manifests/${digest ?? tag}`;
  return `${retried(image)}: failed to do request: Head "${url}": dial tcp 52.94.0.10:443: i/o timeout`;
}

/** The registry is asked, and does not have it. */
export const missing = notFound;

const refused = (text: string): Pull => ({ kind: "refused", text });

/** Failure of the task that needs the image. */
export const pullFailure = (text: string, container: string): StartFailure =>
  failedToStart(text, { container, isRetried: true });

/** A public image has some digest; the same reference always the same. */
const inventedDigest = (image: string): string => `sha256:${createHash("sha256").update(image).digest("hex")}`;
