import { AwsFault } from "../../model/aws-fault";
import type { Input } from "../../model/service-api";

/** Names with more parts are in no model of AWS. */
const maxParts = 32;

/** Members of the envelope, not of the input. */
const envelope: ReadonlySet<string> = new Set(["Action", "Version"]);

type Branch = Map<string, Branch | string>;

/**
 * Reads the parameters of a query request: `A.B` is a member of a member, `A.member.1` and `A.1` are lists (by their
 * numbers, gaps closed), `A.entry.1.key` with `.value` is a map. All values are texts; an empty list is written `A=`, so
 * it is an empty text here.
 *
 * @throws AwsFault `MalformedInput`
 */
export function inputOfQuery(parameters: URLSearchParams): Input {
  const root: Branch = new Map();
  for (const [name, value] of parameters) if (!envelope.has(name)) put(root, name, value);
  return Object.fromEntries([...root].map(([name, node]) => [name, grown(node)]));
}

function put(root: Branch, name: string, value: string): void {
  const parts = name.split(".");
  const last = parts.pop() ?? "";
  if (parts.length >= maxParts || last === "" || parts.includes("")) throw malformed(name);
  let branch = root;
  for (const part of parts) {
    const next = branch.get(part) ?? new Map<string, Branch | string>();
    if (typeof next === "string") throw malformed(name);
    branch.set(part, next);
    branch = next;
  }
  if (branch.get(last) instanceof Map) throw malformed(name);
  branch.set(last, value);
}

const malformed = (name: string): AwsFault =>
  new AwsFault("MalformedInput", `Unexpected parameter ${name.slice(0, 200)}.`);

function grown(node: Branch | string): unknown {
  if (typeof node === "string") return node;
  const members = numbered(only(node, "member")) ?? numbered(node);
  if (members) return members.map(grown);
  const entries = numbered(only(node, "entry"))?.map(entryOf);
  if (entries?.every((entry) => entry !== undefined)) return Object.fromEntries(entries);
  return Object.fromEntries([...node].map(([name, child]) => [name, grown(child)]));
}

/** What a branch has under its only name. */
const only = (branch: Branch, name: string): Branch | string | undefined =>
  branch.size === 1 ? branch.get(name) : undefined;

/** The members of a branch of which all names are numbers, in their order. */
function numbered(node: Branch | string | undefined): readonly (Branch | string)[] | undefined {
  if (!(node instanceof Map) || ![...node.keys()].every((name) => /^\d{1,9}$/.test(name))) return undefined;
  return [...node].sort(([left], [right]) => Number(left) - Number(right)).map(([, child]) => child);
}

function entryOf(node: Branch | string): readonly [string, unknown] | undefined {
  const key = typeof node === "string" ? undefined : node.get("key");
  const value = typeof node === "string" ? undefined : node.get("value");
  return typeof key === "string" && value !== undefined ? [key, grown(value)] : undefined;
}

/** Writes an input back as parameters, with `member` for lists, as the services that are answered here have them. */
export function parametersOf(input: Input): readonly (readonly [string, string])[] {
  return Object.entries(input).flatMap(([name, value]) => flattened(name, value));
}

function flattened(name: string, value: unknown): readonly (readonly [string, string])[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) {
    if (value.length === 0) return [[name, ""]];
    return value.flatMap((member, index) => flattened(`${name}.member.${index + 1}`, member));
  }
  if (value instanceof Date) return [[name, value.toISOString()]];
  if (typeof value === "object")
    return Object.entries(value).flatMap(([member, inner]) => flattened(`${name}.${member}`, inner));
  return [[name, typeof value === "string" ? value : JSON.stringify(value)]];
}
