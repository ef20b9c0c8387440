import { randomUUID } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { absent, type Store, type Stored } from "../ports/store";
import { storeError } from "./store-error";

export interface S3StoreOptions {
  readonly bucket: string;
  /** Without slashes at its ends; empty for the whole bucket. */
  readonly prefix: string;
  readonly region: string;
  readonly profile?: string;
  /** @default what the environment says */
  readonly endpoint?: string;
  /** `https://host/bucket` instead of `https://bucket.host`, for what is not AWS. @default false */
  readonly pathStyle?: boolean;
}

/** A refused condition, by HTTP status; 409 is a write that came between (API PutObject, "Conditional writes"). */
const conflicts: ReadonlySet<number | undefined> = new Set([412, 409]);

/** Values as objects of a bucket, by S3's conditional writes; a version is an ETag. */
export function s3Store(options: S3StoreOptions): Store {
  const { bucket, prefix } = options;
  const place = `s3://${bucket}${prefix === "" ? "" : `/${prefix}`}`;
  const base = prefix === "" ? "" : `${prefix}/`;
  let opened: ReturnType<typeof open> | undefined;
  const call = async <T>(work: (s3: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> => {
    try {
      return await work(await (opened ??= open(options)));
    } catch (error) {
      throw storeError(place, error, remedyOf(error, bucket));
    }
  };

  const read = (key: string): Promise<(Stored & { readonly write: string | undefined }) | undefined> =>
    call(async ({ client, sdk }) => {
      try {
        const answer = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: base + key }));
        return {
          value: (await answer.Body?.transformToString()) ?? "",
          version: answer.ETag ?? "",
          write: answer.Metadata?.["write"],
        };
      } catch (error) {
        if ((error as Error).name === "NoSuchKey") return undefined;
        throw error;
      }
    });

  return {
    place,
    async get(key) {
      const found = await read(key);
      return found === undefined ? undefined : { value: found.value, version: found.version };
    },
    async put(key, value, expected) {
      const write = randomUUID();
      const condition = expected === absent ? { IfNoneMatch: "*" } : { IfMatch: expected };
      const version = await call(async ({ client, sdk }) => {
        try {
          const answer = await client.send(
            new sdk.PutObjectCommand({
              Bucket: bucket,
              Key: base + key,
              Body: value,
              ContentType: "application/json",
              Metadata: { write },
              ...condition,
            }),
          );
          return answer.ETag ?? "";
        } catch (error) {
          if (isConflict(error)) return undefined;
          throw error;
        }
      });
      if (version !== undefined) return { kind: "ok", version };
      // A write whose answer was lost is sent again by the SDK, and meets itself.
      const found = await read(key);
      return found?.write === write ? { kind: "ok", version: found.version } : { kind: "conflict" };
    },
    list: (start) =>
      call(async ({ client, sdk }) => {
        const keys: string[] = [];
        const pages = sdk.paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: base + start });
        for await (const { Contents: objects = [] } of pages)
          keys.push(...objects.flatMap(({ Key: key }) => (key === undefined ? [] : [key.slice(base.length)])));
        return keys;
      }),
    delete: (key, expected) =>
      call(async ({ client, sdk }) => {
        try {
          await client.send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key: base + key, IfMatch: expected }));
          return { kind: "ok" };
        } catch (error) {
          if (isConflict(error)) return { kind: "conflict" };
          throw error;
        }
      }),
  };
}

/** The client takes long to load, so it is loaded with the first call. */
async function open({ region, profile, endpoint, pathStyle = false }: S3StoreOptions) {
  const sdk = await import("@aws-sdk/client-s3");
  const client: S3Client = new sdk.S3Client({
    region,
    // The bucket's region need not be the environment's.
    followRegionRedirects: true,
    forcePathStyle: pathStyle,
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  return { client, sdk };
}

/** A condition on an object that is gone is answered with 404 (API PutObject and DeleteObject, If-Match). */
function isConflict(error: unknown): boolean {
  const { name, $metadata: answer } = error as {
    readonly name?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  return conflicts.has(answer?.httpStatusCode) || name === "NoSuchKey";
}

/** What an operator can do, by the name of the error (API "Error responses", list of S3 error codes). */
const remedies: Readonly<Record<string, (bucket: string) => string>> = {
  NoSuchBucket: (bucket) => `Make the bucket ${bucket}, or correct \`slipway:records\`.`,
  AccessDenied: (bucket) =>
    `The caller needs s3:GetObject, s3:PutObject and s3:ListBucket on ${bucket}. Nothing was changed.`,
  CredentialsProviderError: () =>
    "Set AWS_PROFILE or the AWS_ACCESS_KEY_ID pair, or log in to the profile that the stack file names.",
};

const remedyOf = (error: unknown, bucket: string): string =>
  remedies[(error as Error).name]?.(bucket) ??
  "Check the network, the credentials and the bucket's name. Without the lock nothing is changed.";
