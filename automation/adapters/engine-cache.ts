import { join } from "node:path";
import type { EngineHost } from "./engine-host";
import { judgeVersion, pinnedVersion } from "./engine-version";

type Env = Readonly<Record<string, string | undefined>>;

/** Where the engines of this user are kept. */
export interface EngineCache {
  /** Holds everything below. */
  readonly root: string;
  /** The finished engine: `bin/pulumi` and `manifest.json`. Comes into being by one rename. */
  readonly folder: string;
  readonly binary: string;
  readonly manifest: string;
  readonly lock: string;
}

/** Written last, beside a finished engine; what has no manifest is not finished. */
interface Manifest {
  readonly version: string;
  readonly source: "download" | "build";
  readonly size: number;
  readonly mtimeMs: number;
  readonly sha256: string;
}

export type CacheVerdict =
  | { readonly kind: "usable"; readonly version: string }
  | { readonly kind: "empty" }
  | { readonly kind: "broken"; readonly reason: string };

/** `$XDG_CACHE_HOME/slipway/engine`, or the same below `~/.cache`: one engine per version, system and processor. */
export function engineCache(
  env: Env,
  { home, platform, arch }: Pick<EngineHost, "home" | "platform" | "arch">,
): EngineCache {
  const base = env["XDG_CACHE_HOME"];
  const root = join(base === undefined || base === "" ? join(home, ".cache") : base, "slipway", "engine");
  const folder = join(root, `v${pinnedVersion}-${platform}-${arch}`);
  return {
    root,
    folder,
    binary: join(folder, "bin", binaryName(platform)),
    manifest: join(folder, "manifest.json"),
    lock: `${folder}.lock`,
  };
}

export const binaryName = (platform: string): string => (platform === "win32" ? "pulumi.exe" : "pulumi");

/** Looks whether the cached engine is whole and runs. */
export async function inspectCache(host: EngineHost, cache: EngineCache, env: Env): Promise<CacheVerdict> {
  const text = await host.readText(cache.manifest);
  const facts = await host.facts(cache.binary);
  if (text === undefined && facts === undefined) return { kind: "empty" };
  if (text === undefined) return { kind: "broken", reason: "it was never finished" };
  const manifest = parseManifest(text);
  if (manifest === undefined) return { kind: "broken", reason: "its manifest cannot be read" };
  if (facts === undefined) return { kind: "broken", reason: "its binary is missing" };
  if (facts.size !== manifest.size)
    return { kind: "broken", reason: `it has ${facts.size} bytes instead of ${manifest.size}` };
  // Hashing 115 MB takes a third of a second, so it is done only when the file was touched.
  if (facts.mtimeMs !== manifest.mtimeMs && (await host.sha256(cache.binary)) !== manifest.sha256)
    return { kind: "broken", reason: "its content has changed" };
  return versionOf(host, cache.binary, env, manifest.version);
}

/** Makes a staged engine the cached one. The manifest is written before the rename, so a finished folder always has it. */
export async function publish(
  host: EngineHost,
  cache: EngineCache,
  staging: string,
  source: Manifest["source"],
  env: Env,
): Promise<CacheVerdict> {
  const binary = join(staging, "bin", binaryName(host.platform));
  const facts = await host.facts(binary);
  if (facts === undefined) return { kind: "broken", reason: "no binary came out of it" };
  const verdict = await versionOf(host, binary, env, pinnedVersion);
  if (verdict.kind !== "usable") return verdict;
  const manifest: Manifest = { version: verdict.version, source, ...facts, sha256: await host.sha256(binary) };
  await host.writeText(join(staging, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await host.remove(cache.folder);
  await host.rename(staging, cache.folder);
  return verdict;
}

async function versionOf(host: EngineHost, binary: string, env: Env, expected: string): Promise<CacheVerdict> {
  const end = await host.run({
    command: binary,
    args: ["version"],
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutSeconds: 30,
  });
  if (end.kind === "not-started") return { kind: "broken", reason: `it does not start: ${end.reason}` };
  if (end.kind === "timed-out") return { kind: "broken", reason: `it did not answer within ${end.seconds} s` };
  if (end.code !== 0) return { kind: "broken", reason: `\`pulumi version\` ended with code ${end.code}` };
  const verdict = judgeVersion(end.stdout, expected);
  if (verdict.kind === "unusable") return { kind: "broken", reason: verdict.reason };
  return verdict.version === expected
    ? verdict
    : { kind: "broken", reason: `it is v${verdict.version} instead of v${expected}` };
}

function parseManifest(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as Partial<Manifest> | null;
    const isWhole =
      typeof value?.version === "string" &&
      typeof value.size === "number" &&
      typeof value.mtimeMs === "number" &&
      typeof value.sha256 === "string";
    return isWhole ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}
