import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeIfChanged } from "../write-if-changed";

/** Provider plugins that the sandbox brings itself; the engine finds them in PULUMI_HOME, so it downloads none. */
export const standIns = ["aws", "awsx", "random"] as const;

/** Versions by package below `@pulumi/`. The engine looks a provider up by the exact version that its SDK asks for. */
export type PluginVersions = Readonly<Record<(typeof standIns)[number] | "pulumi", string>>;

/** A file to be made below PULUMI_HOME. */
export interface Shim {
  readonly path: string;
  readonly text: string;
}

/** What PULUMI_HOME must have: the stand-ins, and a host for TypeScript programs. */
export function pluginShims(versions: PluginVersions, node: string, dist: string): readonly Shim[] {
  const providers = standIns.map((name) => ({
    path: join("plugins", `resource-${name}-v${versions[name]}`, `pulumi-resource-${name}`),
    text: shellShim(node, join(dist, "sandbox", "plugin", `main-${name}.js`)),
  }));
  // The official download has its own host beside the engine, which goes before this one; a build from the module proxy
  // has none. On PATH it would be found as well, but with a warning at every run.
  const host = {
    path: join("plugins", `language-nodejs-v${versions.pulumi}`, "pulumi-language-nodejs"),
    text: shellShim(node, join(dist, "sandbox", "language-host", "main.js")),
  };
  return [...providers, host];
}

/** A program that runs a file with this very Node, whatever Node is on the caller's PATH. */
const shellShim = (node: string, file: string): string => `#!/bin/sh\nexec ${quoted(node)} ${quoted(file)} "$@"\n`;

const quoted = (path: string): string => `'${path.replace(/'/g, `'\\''`)}'`;

/** Puts the plugins into a PULUMI_HOME. */
export async function writePlugins(pulumiHome: string, packageFolder: string): Promise<void> {
  const versions = {
    aws: versionOf("aws"),
    awsx: versionOf("awsx"),
    random: versionOf("random"),
    pulumi: versionOf("pulumi"),
  };
  const shims = pluginShims(versions, process.execPath, join(packageFolder, "dist"));
  await Promise.all(shims.map(({ path, text }) => writeIfChanged(join(pulumiHome, path), text, 0o755)));
}

function versionOf(name: string): string {
  const file = require.resolve(`@pulumi/${name}/package.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
