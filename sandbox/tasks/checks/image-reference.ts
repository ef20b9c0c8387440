/** Where an image is, taken apart. */
export interface ImageReference {
  /** `123456789012.dkr.ecr.eu-central-1.amazonaws.com`, `docker.io`, ... */
  readonly host: string;
  readonly repository: string;
  /** `latest` when there is neither tag nor digest. */
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** Set for a private registry of ECR. */
  readonly ecr: { readonly account: string; readonly region: string } | undefined;
}

const ecrHost = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;

/** Reads `[host/]repository[:tag][@digest]` as Docker does: the first part is a host when it looks like one. */
export function imageReference(image: string): ImageReference {
  const [name = "", digest] = image.split("@");
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const hasHost = /[.:]/.test(first) || first === "localhost";
  const host = hasHost ? first : "docker.io";
  const path = hasHost ? name.slice(slash + 1) : name;
  const colon = path.lastIndexOf(":");
  const tag = colon < 0 ? undefined : path.slice(colon + 1);
  const ecr = ecrHost.exec(host);
  return {
    host,
    repository: colon < 0 ? path : path.slice(0, colon),
    tag: tag ?? (digest === undefined ? "latest" : undefined),
    digest,
    ecr: ecr?.[1] && ecr[2] ? { account: ecr[1], region: ecr[2] } : undefined,
  };
}
