import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";

interface PublicAccessBlockInputs {
  readonly bucket: string;
  readonly blockPublicAcls?: boolean;
  readonly blockPublicPolicy?: boolean;
  readonly ignorePublicAcls?: boolean;
  readonly restrictPublicBuckets?: boolean;
  readonly skipDestroy?: boolean;
}

/** `aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock` */
export const s3BucketPublicAccessBlock = defineHandler<PublicAccessBlockInputs>({
  async create(inputs, context) {
    await put(inputs, context);
    return inputs.bucket;
  },

  async find(id, _known, context) {
    const answer = await orMissing(context.client(S3Client).send(new GetPublicAccessBlockCommand({ Bucket: id })));
    const found = answer?.PublicAccessBlockConfiguration;
    if (!found) return undefined;
    return {
      bucket: id,
      blockPublicAcls: found.BlockPublicAcls ?? false,
      blockPublicPolicy: found.BlockPublicPolicy ?? false,
      ignorePublicAcls: found.IgnorePublicAcls ?? false,
      restrictPublicBuckets: found.RestrictPublicBuckets ?? false,
    };
  },

  change: (_id, _state, inputs, context) => put(inputs, context),

  async remove(id, { skipDestroy }, context) {
    if (skipDestroy) return;
    await orMissing(context.client(S3Client).send(new DeletePublicAccessBlockCommand({ Bucket: id })));
  },
});

async function put(inputs: PublicAccessBlockInputs, context: HandlerContext): Promise<void> {
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: inputs.blockPublicAcls,
    BlockPublicPolicy: inputs.blockPublicPolicy,
    IgnorePublicAcls: inputs.ignorePublicAcls,
    RestrictPublicBuckets: inputs.restrictPublicBuckets,
  };
  await context
    .client(S3Client)
    .send(new PutPublicAccessBlockCommand({ Bucket: inputs.bucket, PublicAccessBlockConfiguration }));
}
