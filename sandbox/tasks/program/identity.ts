import { imageReference } from "../checks/image-reference";

/** What the program says of itself. */
export interface Identity {
  readonly service: string;
  readonly version: string;
  /** Word for "well" in the answer of `/health`. */
  readonly healthy: string;
  readonly taskId: string;
  readonly container: string;
}

/**
 * Variables of a container's environment that the program heeds, and what each decides; of all others it knows nothing.
 * Secrets are no part of it: a value that is secret is never told.
 */
export const heeded = {
  SERVICE_NAME: "`service`; otherwise the repository of the image, its slashes as hyphens (`afu9-control-center`)",
  APP_VERSION: "`version`; otherwise the tag of the image",
  VERSION: "`version` where APP_VERSION is not set",
  HEALTH_STATUS: "`status` of /health; otherwise `healthy`",
  DB_HOST: "the host in the log when the database is out of reach; otherwise `database`",
} as const;

type Environment = Readonly<Record<string, string>>;

/** @param tag that the registry knows the image by; for images that are named by their digest */
export function identityOf(
  { name, image, environment }: { readonly name: string; readonly image: string; readonly environment: Environment },
  taskId: string,
  tag: string | undefined,
): Identity {
  const reference = imageReference(image);
  const value = (key: keyof typeof heeded): string | undefined => environment[key] || undefined;
  return {
    service: value("SERVICE_NAME") ?? (reference.repository.replaceAll("/", "-") || name),
    version: value("APP_VERSION") ?? value("VERSION") ?? reference.tag ?? tag ?? reference.digest ?? "latest",
    healthy: value("HEALTH_STATUS") ?? "healthy",
    taskId,
    container: name,
  };
}

/** Tag of a container's image, or its digest where nobody knows one: what a release calls its version. */
export function versionOfImage({
  image = "",
  knownTag,
}: { readonly image?: string; readonly knownTag?: string } = {}): string {
  const { tag, digest } = imageReference(image);
  return tag ?? knownTag ?? digest ?? "latest";
}
