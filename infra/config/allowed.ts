import { valueAt, type Path } from "./fault";
import type { SchemaNode } from "./json-schema";

/** What may stand at a path, in words; undefined when the path is not in the schema. */
export function allowedAt(root: SchemaNode, path: Path, raw?: unknown): string | undefined {
  const texts = [...new Set(nodesAt(root, path, raw).map(describeNode))];
  return texts.length === 0 ? undefined : texts.join(", or ");
}

/** Keys that a group at a path may have; empty where names are free. */
export function keysAt(root: SchemaNode, path: Path, raw?: unknown): readonly string[] {
  return [
    ...new Set(
      nodesAt(root, path, raw)
        .flatMap((node) => alternatives(node, valueAt(raw, path)))
        .flatMap((node) => Object.keys(node.properties ?? {})),
    ),
  ];
}

/** A node in words, for example `a whole number from 1 to 65535`. */
export function describeNode(node: SchemaNode): string {
  const branches = node.anyOf ?? node.oneOf;
  if (branches !== undefined) return describeBranches(branches);
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return `one of ${node.enum.join(", ")}`;
  const { type, ...rest } = node;
  if (typeof type === "object") return type.map((one) => describeNode({ ...rest, type: one })).join(", or ");
  switch (type) {
    case "string":
      return node.patternErrorMessage ?? `text${lengthOf(node)}`;
    case "integer":
      return `a whole number${rangeOf(node)}`;
    case "number":
      return `a number${rangeOf(node)}`;
    case "boolean":
      return "true or false";
    case "array":
      return `a list of ${node.items === undefined ? "values" : `entries: ${describeNode(node.items)}`}${node.maxItems === undefined ? "" : `, at most ${node.maxItems}`}`;
    case "object":
      return node.properties === undefined
        ? "a group of named entries"
        : `a group with the keys ${Object.keys(node.properties).join(", ")}`;
    case undefined:
    default:
      return "any value";
  }
}

function describeBranches(branches: readonly SchemaNode[]): string {
  const constants = branches
    .filter((branch) => branch.const !== undefined)
    .map((branch) => JSON.stringify(branch.const));
  const others = branches.filter((branch) => branch.const === undefined).map(describeNode);
  if (others.length === 0) return `one of ${constants.join(", ")}`;
  return [...constants, ...others].join(", or ");
}

function rangeOf({ minimum, maximum, multipleOf }: SchemaNode): string {
  const from = minimum === undefined ? "" : ` from ${minimum}`;
  const to =
    maximum === undefined
      ? minimum === undefined
        ? ""
        : " up"
      : `${minimum === undefined ? " up" : ""} to ${maximum}`;
  return `${from}${to}${multipleOf === undefined ? "" : `, a multiple of ${multipleOf}`}`;
}

function lengthOf({ minLength, maxLength }: SchemaNode): string {
  if (maxLength !== undefined) return ` of ${minLength ?? 0} to ${maxLength} characters`;
  return minLength === undefined ? "" : ` of at least ${minLength} character${minLength === 1 ? "" : "s"}`;
}

/** All nodes that a path can mean: with alternatives there may be several, unless the value itself says which. */
function nodesAt(root: SchemaNode, path: Path, raw: unknown): readonly SchemaNode[] {
  return path.reduce<readonly SchemaNode[]>(
    (nodes, step, depth) =>
      nodes
        .flatMap((node) => alternatives(node, valueAt(raw, path.slice(0, depth))))
        .flatMap((node) => child(node, step)),
    [root],
  );
}

/** Those that the value's own word (`mode`) chooses; all of them when it chooses none. */
function alternatives(node: SchemaNode, value: unknown): readonly SchemaNode[] {
  const all = node.oneOf ?? node.anyOf ?? [node];
  const fitting = all.filter((one) => fits(one, value));
  return fitting.length === 0 ? all : fitting;
}

function fits({ properties = {}, required = [] }: SchemaNode, value: unknown): boolean {
  return Object.entries(properties).every(([key, node]) => {
    if (node.const === undefined) return true;
    const found = valueAt(value, [key]);
    return found === node.const || (found === undefined && !required.includes(key));
  });
}

function child(node: SchemaNode, step: PropertyKey): readonly SchemaNode[] {
  if (typeof step === "number") return node.items === undefined ? [] : [node.items];
  const named = node.properties?.[String(step)];
  if (named !== undefined) return [named];
  return typeof node.additionalProperties === "object" ? [node.additionalProperties] : [];
}
