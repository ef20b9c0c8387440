import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { exitCodes, SlipwayError } from "../model/errors";
import type { S3StoreOptions } from "./s3-store";

/** Where lock and history of an environment are. */
export type RecordsPlace =
  | { readonly kind: "file"; readonly folder: string }
  | ({ readonly kind: "s3" } & Pick<
      S3StoreOptions,
      "bucket" | "prefix" | "region" | "profile" | "endpoint" | "pathStyle"
    >);

export interface RecordsPlaceOptions {
  /** `slipway:records.store`. */
  readonly configured: string | undefined;
  /** URL of the engine's backend; undefined for the one that the user has logged in to, when that is not known either. */
  readonly backend: string | undefined;
  /** The project's folder, from which relative paths go. */
  readonly folder: string;
  readonly region: string;
  readonly profile: string | undefined;
}

/** Records stand in a folder of their own beside the state. */
const besideState = ".slipway";

/**
 * What the configuration says; else beside the state, so that all who share a state share its lock. A state that is kept
 * elsewhere (Pulumi Cloud, another cloud's bucket) cannot hold them: then they are in the project's folder.
 *
 * @throws SlipwayError `config-invalid` (exit 2)
 */
export function recordsPlace({ configured, backend, ...where }: RecordsPlaceOptions): RecordsPlace {
  if (configured !== undefined) {
    const place = placeOf(configured, where);
    if (place !== undefined) return place;
    throw new SlipwayError({
      code: "config-invalid",
      exitCode: exitCodes.usage,
      message: `slipway:records.store is ${JSON.stringify(configured)}: neither s3://<bucket>/<prefix> nor file://<folder>.`,
      remedy: "Nothing was done. docs/lock-and-history.md says what may stand there.",
    });
  }
  const state = backend === undefined ? undefined : placeOf(backend, where);
  switch (state?.kind) {
    case "s3":
      return { ...state, prefix: state.prefix === "" ? besideState : `${state.prefix}/${besideState}` };
    case "file":
      return { kind: "file", folder: join(state.folder, besideState) };
    case undefined:
      return { kind: "file", folder: join(where.folder, besideState) };
  }
}

/** The folder of a state that is kept on this machine; undefined for any other. */
export function stateFolder(backend: string | undefined, folder: string): string | undefined {
  return backend?.startsWith("file://") === true ? folderOf(backend, folder) : undefined;
}

/** Queries of Pulumi's own S3 URLs mean the same here. */
function placeOf(
  url: string,
  { folder, region, profile }: Pick<RecordsPlaceOptions, "folder" | "region" | "profile">,
): RecordsPlace | undefined {
  if (url.startsWith("file://")) return { kind: "file", folder: folderOf(url, folder) };
  if (!url.startsWith("s3://") || !URL.canParse(url)) return undefined;
  const { hostname, pathname, searchParams } = new URL(url);
  if (hostname === "") return undefined;
  const own = searchParams.get("profile") ?? profile;
  const endpoint = searchParams.get("endpoint");
  return {
    kind: "s3",
    bucket: hostname,
    prefix: pathname.replace(/^\/+|\/+$/g, ""),
    region: searchParams.get("region") ?? region,
    ...(own === undefined ? {} : { profile: own }),
    ...(endpoint === null ? {} : { endpoint: endpoint.includes("://") ? endpoint : `https://${endpoint}` }),
    pathStyle: searchParams.get("s3ForcePathStyle") === "true",
  };
}

/** `file://.` and `file://~` are Pulumi's own; the rest is a path. */
function folderOf(url: string, base: string): string {
  const path = url.slice("file://".length).replace(/\?.*$/, "");
  if (path === "~" || path.startsWith("~/")) return join(homedir(), path.slice(1));
  return isAbsolute(path) ? fileURLToPath(`file://${path}`) : resolve(base, path);
}

/**
 * The engine's backend: what the environment says, then the project file, then the one that the user has logged in to.
 *
 * @param projectBackend `backend.url` of `Pulumi.yaml`
 */
export async function backendUrl(
  env: Readonly<Record<string, string | undefined>>,
  projectBackend: string | undefined,
): Promise<string | undefined> {
  const said = env["PULUMI_BACKEND_URL"];
  if (said !== undefined && said !== "") return said;
  if (projectBackend !== undefined) return projectBackend;
  const home = env["PULUMI_HOME"] ?? join(env["HOME"] ?? homedir(), ".pulumi");
  const text = await readFile(join(home, "credentials.json"), "utf8").catch(() => "{}");
  try {
    const { current } = JSON.parse(text) as { readonly current?: unknown };
    return typeof current === "string" ? current : undefined;
  } catch {
    return undefined;
  }
}
