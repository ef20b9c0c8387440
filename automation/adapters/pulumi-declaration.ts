import * as pulumi from "@pulumi/pulumi";
import * as dependsOnModule from "@pulumi/pulumi/runtime/dependsOn";
import { differsBeyondImage, serviceType } from "../model/release/image-difference";
import { plainValue } from "./pulumi-secrets";
import type { ExportedDeployment, ExportedResource } from "./pulumi-state";
import { nameOfUrn } from "./pulumi-targets";

/** What keeps a release from being applied; never a value. */
export type Finding =
  | { readonly kind: "differs"; readonly name: string; readonly properties: readonly string[] }
  | { readonly kind: "depends"; readonly name: string; readonly on: readonly string[] }
  | { readonly kind: "not-deployed"; readonly name: string }
  /** Deployed, and not in the configuration any more. */
  | { readonly kind: "undeclared"; readonly name: string }
  /** The program failed, or a value could not be read. */
  | { readonly kind: "unread" };

/** A resource by type and name: what the program knows of it before the engine has given it a URN. */
export const keyOf = (type: string, name: string): string => `${type}::${name}`;

/** The deployed resources by `keyOf`; what only waits for its deletion is not there any more. */
export const rememberedState = (deployment: ExportedDeployment | null): ReadonlyMap<string, ExportedResource> =>
  new Map(
    (deployment?.resources ?? [])
      .filter((resource) => resource.delete !== true)
      .map((resource) => [keyOf(resource.type, nameOfUrn(resource.urn)), resource]),
  );

/** What differs between a declared resource and the deployed one, apart from images. */
export async function declarationFindings(
  { type, name, props, opts, resource }: pulumi.ResourceTransformationArgs,
  before: ExportedResource,
  state: ReadonlyMap<string, ExportedResource>,
  declaredKeys: ReadonlyMap<pulumi.Resource, string>,
): Promise<readonly Finding[]> {
  const { ignoreChanges = [], dependsOn } = opts as pulumi.CustomResourceOptions;
  const now = Object.entries(props as Readonly<Record<string, unknown>>).filter(([, value]) => value !== undefined);
  const differing = await Promise.all(
    now.map(async ([key, value]) => ((await isEqual(type, key, before.inputs?.[key], value)) ? [] : [key])),
  );
  const declared = new Set(now.map(([key]) => key));
  const gone = Object.keys(declaredBefore(before)).filter((key) => !declared.has(key));
  const properties = [...differing.flat(), ...gone].filter((key) => !ignoreChanges.includes(key)).sort();
  const on = (await dependenciesOf(dependsOn, resource)).flatMap((dependency) => {
    const key = declaredKeys.get(dependency);
    return key === undefined || state.has(key) ? [] : [nameOfUrn(key)];
  });
  return [
    ...(properties.length === 0 ? [] : [{ kind: "differs", name, properties } as const]),
    ...(on.length === 0 ? [] : [{ kind: "depends", name, on: on.sort() } as const]),
  ];
}

/** What the engine itself puts among the inputs of a provider, and notes as declared when it refreshes one. */
const providerKeys: readonly string[] = ["__internal", "version"];

/** The inputs that the program declared: the engine notes their dependencies, as opposed to what a provider's check has added. */
export function declaredBefore({ type, inputs = {}, propertyDependencies }: ExportedResource): Record<string, unknown> {
  const engineOwn = type.startsWith("pulumi:providers:") ? providerKeys : [];
  const declared = Object.keys(propertyDependencies ?? inputs).filter(
    (key) => key in inputs && !engineOwn.includes(key),
  );
  return Object.fromEntries(declared.map((key) => [key, inputs[key]]));
}

/** What the SDK keeps to itself of an output. */
interface Knowable {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<unknown>;
}

/** A value that is not known yet cannot be compared; only the new revision may be one. */
async function isEqual(type: string, key: string, before: unknown, declared: unknown): Promise<boolean> {
  if (type === serviceType && key === "taskDefinition") return true;
  const value = pulumi.output(declared) as unknown as Knowable;
  if (!(await value.isKnown)) return false;
  return !differsBeyondImage(type, key, plainValue(before), await value.promise());
}

/** The SDK's own way from `dependsOn` to resources; its types leave it out. */
const { gatherExplicitDependencies, getAllTransitivelyReferencedResources } = dependsOnModule as unknown as {
  readonly gatherExplicitDependencies: (dependsOn: unknown) => Promise<readonly pulumi.Resource[]>;
  readonly getAllTransitivelyReferencedResources: (
    resources: ReadonlySet<pulumi.Resource>,
    exclude: ReadonlySet<pulumi.Resource>,
  ) => Promise<Iterable<pulumi.Resource>>;
};

/** All that a resource has to wait for; a component stands for what is in it. */
async function dependenciesOf(dependsOn: unknown, resource: pulumi.Resource): Promise<readonly pulumi.Resource[]> {
  const direct = new Set(await gatherExplicitDependencies(dependsOn));
  return [...(await getAllTransitivelyReferencedResources(direct, new Set([resource])))];
}
