import { CloudError } from "../model/cloud-error";
import type { ImageAnswer, Registry } from "../ports/registry";
import type { AwsOptions } from "./aws-clients";
import { ecrCalls, type EcrCalls, type ImageDetail } from "./ecr-calls";
import { ecrReference, type EcrReference } from "./ecr-reference";

/** So many tags help whoever mistyped one. */
const newestTags = 5;

/** Of a thousand images each: whoever keeps more waits for no complete list. */
const mostPages = 10;

/** Everything that a registry may hold; without them ECR turns an index into one of its images. */
const acceptedMediaTypes: string[] = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/**
 * Amazon ECR, in whatever account and region an image is.
 *
 * @param open calls of one region, made once for each
 */
export function ecrRegistry(
  options: AwsOptions,
  open: (region: string) => EcrCalls = (region) => ecrCalls({ ...options, region }),
): Registry {
  const regions = new Map<string, EcrCalls>();
  const callsOf = (region: string): EcrCalls => {
    const calls = regions.get(region) ?? open(region);
    regions.set(region, calls);
    return calls;
  };
  return {
    async look(image) {
      const reference = ecrReference(image);
      if (reference === undefined) return { kind: "unknown", why: "not an image of Amazon ECR" };
      try {
        return await lookUp(callsOf(reference.region), reference);
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        if (error.code === "RepositoryNotFoundException")
          return { kind: "no-repository", repository: reference.repository };
        // Of credentials that have expired nothing follows for the image.
        if (error.code.startsWith("AccessDenied"))
          return { kind: "unknown", why: `registry ${reference.account} in ${reference.region} does not let us look` };
        throw error;
      }
    },
  };
}

async function lookUp(ecr: EcrCalls, { account, repository, image }: EcrReference): Promise<ImageAnswer> {
  const place = { registryId: account, repositoryName: repository };
  const { images = [], failures = [] } = await ecr.batchGetImage({ ...place, imageIds: [image], acceptedMediaTypes });
  const digest = images[0]?.imageId?.imageDigest;
  if (digest === undefined) {
    const { failureCode = "", failureReason = "" } = failures[0] ?? {};
    // An index may be there and an image of it be gone; every other failure is no answer about the tag.
    if (failureCode === "ImageNotFound" || failureCode === "")
      return { kind: "no-tag", repository, newest: await newest(ecr, place) };
    throw new CloudError("refused", "ecr:BatchGetImage", failureCode, `ecr:BatchGetImage failed: ${failureReason}`);
  }
  return {
    kind: "found",
    digest,
    pushedAt: await pushedAt(ecr, place, digest),
    architectures: architecturesOf(images[0]?.imageManifest ?? ""),
  };
}

type Place = { readonly registryId: string; readonly repositoryName: string };

async function pushedAt(ecr: EcrCalls, place: Place, imageDigest: string): Promise<string | null> {
  const { imageDetails } = await ecr.describeImages({ ...place, imageIds: [{ imageDigest }] }).catch(unlessWithheld);
  return imageDetails?.[0]?.imagePushedAt?.toISOString() ?? null;
}

/** Who may pull an image need not be allowed to see its details, and it may be deleted at this moment. */
function unlessWithheld(error: unknown): Awaited<ReturnType<EcrCalls["describeImages"]>> {
  if (error instanceof CloudError && (error.kind === "denied" || error.kind === "missing")) return {};
  throw error;
}

async function newest(ecr: EcrCalls, place: Place): Promise<readonly string[]> {
  const details: ImageDetail[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const asked = { ...place, filter: { tagStatus: "TAGGED" as const }, maxResults: 1000 };
    const answer = await ecr
      .describeImages({ ...asked, ...(nextToken === undefined ? {} : { nextToken }) })
      .catch(unlessWithheld);
    details.push(...(answer.imageDetails ?? []));
    nextToken = answer.nextToken;
    if (nextToken === undefined) break;
  }
  return details
    .sort((one, other) => (other.imagePushedAt?.getTime() ?? 0) - (one.imagePushedAt?.getTime() ?? 0))
    .flatMap(({ imageTags = [] }) => imageTags)
    .slice(0, newestTags);
}

/** Of an index; what is no image for a machine, such as an attestation, says `unknown`. */
export function architecturesOf(manifest: string): readonly string[] {
  const { manifests = [] } = read(manifest);
  const told = manifests.flatMap(({ platform }) => platform?.architecture ?? []);
  return [...new Set(told)].filter((architecture) => architecture !== "unknown").sort();
}

interface Index {
  readonly manifests?: readonly { readonly platform?: { readonly architecture?: string } }[];
}

function read(manifest: string): Index {
  try {
    return JSON.parse(manifest) as Index;
  } catch {
    return {};
  }
}
