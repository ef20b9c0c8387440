import { describeNode } from "./allowed";
import { crossChecks } from "./cross-checks";
import { configSchemaNode, type SchemaNode } from "./json-schema";
import { markdownTable } from "./markdown-table";

/** The reference page of the configuration, derived from the schema. */
export function configReference(): string {
  const root = configSchemaNode();
  const areas = Object.entries(root.properties ?? {});
  const required = new Set(root.required ?? []);
  return [
    "# Configuration",
    "Everything about an environment stands in `Pulumi.<stack>.yaml`, under keys that begin with `slipway:`; `aws:region` says where it is. This page is made from the schema by `npm run docs`; editors get the same from `docs/config.schema.json`, and `slipway config validate <stack>` checks a file and tells every fault at once.",
    "A key in angle brackets is a name of your choice, `[]` is an entry of a list. A value without a default and not marked *required* may be left out.",
    ...areas.flatMap(([name, node]) => areaSection(name, node, required.has(name))),
    "## slipway:databasePassword",
    "The master password for `password.source: supplied`. It is a Pulumi secret: set it with `pulumi config set --secret slipway:databasePassword`; a value that is not encrypted is refused.",
    "## Rules between values",
    "Checked together with the values, before anything is called.",
    markdownTable(
      ["Rule", "Why"],
      crossChecks.map(({ id, why }) => [`\`${id}\``, why]),
    ),
    "",
  ].join("\n\n");
}

function areaSection(name: string, node: SchemaNode, isRequired: boolean): readonly string[] {
  const intro = [node.description, isRequired ? "Required." : undefined].filter((text) => text !== undefined).join(" ");
  const head = [`## slipway:${name}`, ...(intro === "" ? [] : [intro])];
  if (node.oneOf === undefined)
    return [...head, ...(isGroup(node) ? [rowsTable(node)] : [`Allowed: ${describeNode(node)}.`])];
  return [...head, ...node.oneOf.flatMap((branch) => [`### ${discriminator(branch)}`, rowsTable(branch)])];
}

/** `mode: create`, what tells an alternative from the others. */
function discriminator({ properties = {} }: SchemaNode): string {
  const [key, node] = Object.entries(properties).find(([, candidate]) => candidate.const !== undefined) ?? [
    "",
    undefined,
  ];
  return `\`${key}: ${String(node?.const)}\`${node?.description === undefined ? "" : ` ${node.description}`}`;
}

const rowsTable = (node: SchemaNode): string =>
  markdownTable(
    ["Key", "Allowed", "Default", "Meaning"],
    children(node, "").map(({ path, node: leaf, isRequired }) => row(path, leaf, isRequired)),
  );

interface Entry {
  readonly path: string;
  readonly node: SchemaNode;
  readonly isRequired: boolean;
}

/** All keys below a group, nested groups included. */
function children(node: SchemaNode, path: string): readonly Entry[] {
  const named = Object.entries(node.properties ?? {}).flatMap(([key, child]) =>
    entry(path === "" ? key : `${path}.${key}`, child, node.required?.includes(key) === true),
  );
  const free =
    typeof node.additionalProperties === "object"
      ? entry(path === "" ? "<name>" : `${path}.<name>`, node.additionalProperties, false)
      : [];
  const items = node.items !== undefined && isGroup(node.items) ? children(node.items, `${path}[]`) : [];
  const branches = [...(node.oneOf ?? []), ...(node.anyOf ?? [])]
    .filter(isGroup)
    .flatMap((branch) => children(branch, path));
  return [...named, ...free, ...items, ...branches];
}

function entry(path: string, node: SchemaNode, isRequired: boolean): readonly Entry[] {
  const below = children(node, path);
  // A group that says nothing about itself is only a part of the paths below it.
  return below.length > 0 && node.description === undefined ? below : [{ path, node, isRequired }, ...below];
}

function row(path: string, node: SchemaNode, isRequired: boolean): readonly string[] {
  const hasParts = children(node, path).length > 0;
  const fallback =
    node.default === undefined || hasParts ? (isRequired ? "*required*" : "") : `\`${JSON.stringify(node.default)}\``;
  return [`\`${path}\``, hasParts ? "" : describeNode(node), fallback, node.description ?? ""];
}

const isGroup = (node: SchemaNode): boolean =>
  node.properties !== undefined ||
  typeof node.additionalProperties === "object" ||
  node.items !== undefined ||
  node.oneOf !== undefined;
