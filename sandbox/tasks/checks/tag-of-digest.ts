import { AwsFault } from "../../model/aws-fault";
import type { Moto } from "../../model/moto";
import { imageReference } from "./image-reference";

/**
 * Tag that ECR knows an image by which is named by its digest alone: of several the one that was pushed last. Undefined
 * for an image without one, for one that is not there, and for every image that says its tag itself.
 */
export async function tagOfDigest(moto: Pick<Moto, "call">, image: string): Promise<string | undefined> {
  const { repository, tag, digest, ecr } = imageReference(image);
  if (ecr === undefined || digest === undefined || tag !== undefined) return undefined;
  const asked = { registryId: ecr.account, repositoryName: repository, imageIds: [{ imageDigest: digest }] };
  try {
    const answer = await moto.call(ecr, "ecr", "AmazonEC2ContainerRegistry_V20150921.BatchGetImage", asked);
    const [found] = (answer["images"] ?? []) as readonly { readonly imageId?: { readonly imageTag?: string | null } }[];
    return found?.imageId?.imageTag ?? undefined;
  } catch (error) {
    if (error instanceof AwsFault) return undefined;
    throw error;
  }
}
