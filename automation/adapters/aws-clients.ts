import { chosenProfile } from "./sts-identity";

/** Where and as whom AWS is called. The endpoint is the SDK's own business (`AWS_ENDPOINT_URL`). */
export interface AwsOptions {
  readonly region: string;
  /** Named profile of the AWS configuration, used when the environment names no credentials itself. @default none */
  readonly profile?: string;
  /** @default empty: the profile is used */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * What every client of AWS is made with: a call that is throttled or lost is made again, and none hangs. A first try and
 * four more wait about 8 s together when AWS throttles (500 ms doubled, "Standard mode" in the SDKs' reference guide).
 */
export function clientConfig({ region, profile, env = {} }: AwsOptions) {
  const chosen = chosenProfile({ env, ...(profile === undefined ? {} : { profile }) });
  return {
    region,
    retryMode: "standard",
    maxAttempts: 5,
    // Without `throwOnRequestTimeout` the SDK only warns of a request that takes longer.
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...(chosen === undefined ? {} : { profile: chosen }),
  };
}

/** Makes something with its first use and keeps it: help and wrong words must not wait for an SDK. */
export function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** For calls that take only so many at a time. */
export const inParts = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
