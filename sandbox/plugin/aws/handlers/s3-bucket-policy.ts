import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { HandlerContext } from "../../handler";
import { defineHandler } from "../define-handler";
import { orMissing } from "../missing";
import { type PolicyInput, policyText } from "../policy-document";

interface BucketPolicyInputs {
  readonly bucket: string;
  readonly policy: PolicyInput;
}

/** `aws:s3/bucketPolicy:BucketPolicy` */
export const s3BucketPolicy = defineHandler<BucketPolicyInputs>({
  async create(inputs, context) {
    await put(inputs, context);
    return inputs.bucket;
  },

  async find(id, _known, context) {
    const found = await orMissing(context.client(S3Client).send(new GetBucketPolicyCommand({ Bucket: id })));
    return found?.Policy ? { bucket: id, policy: found.Policy } : undefined;
  },

  change: (_id, _state, inputs, context) => put(inputs, context),

  async remove(id, _state, context) {
    await orMissing(context.client(S3Client).send(new DeleteBucketPolicyCommand({ Bucket: id })));
  },
});

async function put({ bucket, policy }: BucketPolicyInputs, context: HandlerContext): Promise<void> {
  await context.client(S3Client).send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policyText(policy) }));
}
