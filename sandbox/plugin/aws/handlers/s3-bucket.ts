import {
  CreateBucketCommand,
  type BucketLocationConstraint,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectsCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutBucketTaggingCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { HandlerContext } from "../../handler";
import { partitionOf } from "../arn";
import { defineHandler } from "../define-handler";
import { isSame } from "../is-same";
import { isMissing, orMissing } from "../missing";
import { foundTags, fromTagList, tagList, type Tagged, type Tags } from "../tags";

interface BucketInputs extends Tagged {
  readonly bucket: string;
  /** Deletes the objects with the bucket; otherwise AWS refuses a bucket that is not empty. */
  readonly forceDestroy?: boolean;
}

/** `aws:s3/bucket:Bucket` */
export const s3Bucket = defineHandler<BucketInputs>({
  async create(inputs, context) {
    // us-east-1 is the one region that must not be named.
    const elsewhere = { CreateBucketConfiguration: { LocationConstraint: context.region as BucketLocationConstraint } };
    const command = new CreateBucketCommand({
      Bucket: inputs.bucket,
      ...(context.region === "us-east-1" ? {} : elsewhere),
    });
    await context.client(S3Client).send(command);
    return inputs.bucket;
  },

  complete: (id, inputs, context) => setTags(id, {}, inputs, context),

  async find(id, known, context) {
    if (!(await orMissing(context.client(S3Client).send(new HeadBucketCommand({ Bucket: id }))))) return undefined;
    return {
      arn: `arn:${partitionOf(context.region)}:s3:::${id}`,
      bucket: id,
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${id}.s3.${context.region}.amazonaws.com`,
      bucketRegion: context.region,
      objectLockEnabled: false,
      ...foundTags(known, await tagsOf(id, context)),
    };
  },

  change: (id, state, inputs, context) => setTags(id, state, inputs, context),

  async remove(id, { forceDestroy }, context) {
    if (forceDestroy) await orMissing(empty(id, context));
    await orMissing(context.client(S3Client).send(new DeleteBucketCommand({ Bucket: id })));
  },
});

/** A bucket without tags answers with an error. */
async function tagsOf(Bucket: string, context: HandlerContext): Promise<Tags> {
  const answer = await orMissing(context.client(S3Client).send(new GetBucketTaggingCommand({ Bucket })));
  return fromTagList(answer?.TagSet);
}

/** S3 takes tags as a whole. */
async function setTags(Bucket: string, before: Tagged, after: Tagged, context: HandlerContext): Promise<void> {
  if (isSame(before.tagsAll, after.tagsAll)) return;
  const TagSet = tagList(after.tagsAll);
  if (TagSet.length > 0)
    await context.client(S3Client).send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  else await context.client(S3Client).send(new DeleteBucketTaggingCommand({ Bucket }));
}

async function empty(Bucket: string, context: HandlerContext): Promise<void> {
  const s3 = context.client(S3Client);
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    const refusal = Errors.find(({ Code, Message }) => !isMissing(Object.assign(new Error(Message), { Code })));
    if (refusal) throw Object.assign(new Error(refusal.Message), { name: refusal.Code ?? "DeleteObjectsError" });
  }
}
