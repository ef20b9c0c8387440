/** An image of Amazon ECR, by the parts that calls need. */
export interface EcrReference {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  /** By digest when the reference has one: a tag beside it is only a note. */
  readonly image: { readonly imageDigest: string } | { readonly imageTag: string };
}

/** Registries by their host: the common form and the one for IPv6 (ECR guide, "Private registry"). */
const hosts = [
  /^(?<account>\d{12})\.dkr\.ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/,
  /^(?<account>\d{12})\.dkr-ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.on\.(?:aws|amazonwebservices\.com\.cn)$/,
];

const parts = /^(?<host>[^/]+)\/(?<repository>[^:@]+)(?::(?<tag>[\w][\w.-]*))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Reads a full reference; undefined when it is not one of Amazon ECR's private registries. */
export function ecrReference(image: string): EcrReference | undefined {
  const { host = "", repository = "", tag = "latest", digest } = parts.exec(image)?.groups ?? {};
  const { account, region } = hosts.map((form) => form.exec(host)?.groups).find((found) => found !== undefined) ?? {};
  if (account === undefined || region === undefined) return undefined;
  return {
    account,
    region,
    repository,
    image: digest === undefined ? { imageTag: tag } : { imageDigest: digest },
  };
}
