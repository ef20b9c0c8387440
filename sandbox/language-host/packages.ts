import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The part of a package.json that concerns Pulumi. */
export interface PackageManifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly pulumi?: {
    readonly resource?: boolean;
    readonly name?: string;
    readonly version?: string;
    readonly server?: string;
  };
}

/** A provider plugin that a program needs. */
export interface RequiredPlugin {
  readonly name: string;
  /** With a leading `v`. */
  readonly version: string;
  /** Where to download it from; empty for the usual place. */
  readonly server: string;
}

/** Plugins of all SDK packages that are installed for a program. Plugins made by parameters are not known here. */
export function requiredPlugins(programDirectory: string): readonly RequiredPlugin[] {
  const modules = findUp(programDirectory, "node_modules");
  if (modules === undefined) return [];
  const names = readdirSync(modules).flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(modules, name)).map((inner) => join(name, inner)) : [name],
  );
  return names.flatMap((name) => pluginOf(readManifest(join(modules, name))) ?? []);
}

/** The plugin that an SDK package speaks to; undefined for every other package. */
export function pluginOf({ name = "", version = "", pulumi }: PackageManifest): RequiredPlugin | undefined {
  if (pulumi?.resource !== true) return undefined;
  const ownVersion = pulumi.version ?? version;
  return {
    // `@pulumi/aws` speaks to the plugin `aws`; another scope is part of the plugin's name, without the @.
    name: pulumi.name ?? name.replace(/^@pulumi\//, "").replace(/^@/, ""),
    version: ownVersion.startsWith("v") ? ownVersion : `v${ownVersion}`,
    server: pulumi.server ?? "",
  };
}

/** Direct dependencies of the program with the versions that are installed. */
export function programDependencies(
  programDirectory: string,
): readonly { readonly name: string; readonly version: string }[] {
  const folder = findUp(programDirectory, "package.json");
  if (folder === undefined) return [];
  const { dependencies = {}, devDependencies = {} } = readManifest(dirname(folder));
  return Object.keys({ ...dependencies, ...devDependencies }).map((name) => ({
    name,
    version: readManifest(join(dirname(folder), "node_modules", name)).version ?? "",
  }));
}

function findUp(from: string, name: string): string | undefined {
  const path = join(from, name);
  if (existsSync(path)) return path;
  return dirname(from) === from ? undefined : findUp(dirname(from), name);
}

function readManifest(folder: string): PackageManifest {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageManifest;
  } catch {
    return {};
  }
}
