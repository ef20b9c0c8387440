/** The engine that is downloaded or built; `tools/engine/go.mod` pins the same one. Later ones are not to be had from the Go proxy. */
export const pinnedVersion = "3.259.0";

/**
 * The oldest engine that is accepted on PATH. 3.181.0 is the first whose `refresh` and `destroy` take an inline program
 * (`--client`), without which the driver cannot run them; everything else it uses is older.
 */
export const minimumVersion = "3.181.0";

export type VersionVerdict =
  { readonly kind: "usable"; readonly version: string } | { readonly kind: "unusable"; readonly reason: string };

/** Judges what `pulumi version` printed, for example `v3.259.0`. */
export function judgeVersion(printed: string, minimum: string = minimumVersion): VersionVerdict {
  const found = /^v?(\d+\.\d+\.\d+)(-[\w.]+)?/.exec(printed.trim());
  const version = found?.[1];
  if (version === undefined) return { kind: "unusable", reason: `its version cannot be read from "${printed.trim()}"` };
  const major = version.split(".")[0];
  if (major !== minimum.split(".")[0]) return { kind: "unusable", reason: `it is v${version}, and v3 is needed` };
  if (compareVersions(version, minimum) < 0)
    return { kind: "unusable", reason: `it is v${version}, and v${minimum} or later is needed` };
  return { kind: "usable", version };
}

/** Negative when `a` is the older one. Both are `major.minor.patch`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  const differing = [0, 1, 2].find((part) => left?.[part] !== right?.[part]);
  return differing === undefined ? 0 : (left?.[differing] ?? 0) - (right?.[differing] ?? 0);
}
