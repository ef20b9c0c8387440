import type { z } from "zod";
import { allowedAt, keysAt } from "./allowed";
import { describeFound, describeKind, faultPath, valueAt, type Fault, type Path } from "./fault";
import type { SchemaNode } from "./json-schema";
import { nearest } from "./nearest";

type Issue = z.core.$ZodIssue;
type IssueOf<C extends Issue["code"]> = Extract<Issue, { readonly code: C }>;

/** What a row may look at besides its issue. */
interface Scene {
  readonly raw: unknown;
  readonly schema: SchemaNode;
  /** Path of the issue, from the top of the file. */
  readonly path: Path;
}

/** How each kind of finding becomes a fault. Closed: a kind that zod adds does not compile. */
const rows: { readonly [C in Issue["code"]]: (issue: IssueOf<C>, scene: Scene) => readonly Fault[] } = {
  invalid_type: (issue, scene) => [at(scene, issue.message, typeRemedy(issue.expected, scene))],
  too_big: (issue, scene) => [at(scene, issue.message, "Take a value in this range.")],
  too_small: (issue, scene) => [at(scene, issue.message, "Take a value in this range.")],
  not_multiple_of: (issue, scene) => [at(scene, issue.message, "Take a value in these steps.")],
  invalid_format: (issue, scene) => [{ ...at(scene, issue.message, "Write it in this form."), allowed: issue.message }],
  invalid_value: (issue, scene) => [at(scene, issue.message, valueRemedy(issue.values.map(String), scene))],
  custom: (issue, scene) => [{ ...at(scene, issue.message, "Write it in this form."), allowed: issue.message }],
  unrecognized_keys: (issue, scene) => issue.keys.map((key) => unknownKey(key, scene)),
  invalid_key: (issue, scene) => [
    {
      ...at(scene, "", "Rename the key."),
      found: `the key ${JSON.stringify(String(scene.path.at(-1)))}`,
      allowed: issue.issues[0]?.message ?? "another name",
    },
  ],
  invalid_element: (issue, scene) => issue.issues.flatMap((inner) => issueFaults(inner, scene)),
  invalid_union: (issue, scene) => unionFaults(issue, scene),
};

/** Faults of one zod issue; `scene.path` is where the issue's own path begins. */
export function issueFaults(issue: Issue, scene: Scene): readonly Fault[] {
  const row = rows[issue.code] as (found: Issue, where: Scene) => readonly Fault[];
  return row(issue, { ...scene, path: [...scene.path, ...issue.path] });
}

function at({ raw, schema, path }: Scene, message: string, remedy: string): Fault {
  return {
    path: faultPath(path),
    found: describeFound(valueAt(raw, path), path),
    allowed: allowedAt(schema, path, raw) ?? message,
    remedy,
  };
}

function unknownKey(key: string, { raw, schema, path }: Scene): Fault {
  const known = keysAt(schema, path, raw);
  const meant = nearest(key, known);
  const here = [...path, key];
  return {
    path: faultPath(here),
    found: `an unknown key with ${describeKind(valueAt(raw, here))}`,
    allowed: known.length === 0 ? "no such key" : `the keys ${known.join(", ")}`,
    remedy: meant === undefined ? "Remove it." : `Did you mean \`${meant}\`?`,
  };
}

function typeRemedy(expected: string, { raw, path }: Scene): string {
  const value = valueAt(raw, path);
  const name = String(path.at(-1));
  if (value === undefined) return `Add \`${name}\`.`;
  if (expected === "string" && typeof value === "number") return "Put the value in quotes.";
  if (typeof value === "string" && ["number", "int", "boolean"].includes(expected)) return "Write it without quotes.";
  return "Write a value of this kind.";
}

function valueRemedy(values: readonly string[], { raw, path }: Scene): string {
  const value = valueAt(raw, path);
  if (value === undefined) return `Add \`${String(path.at(-1))}\`.`;
  const meant = typeof value === "string" ? nearest(value, values) : undefined;
  return meant === undefined ? "Take one of these values." : `Did you mean \`${meant}\`?`;
}

/** An alternative that fits best says more than a list of all: the one whose keys are all known, and with the fewest findings. */
function unionFaults(issue: IssueOf<"invalid_union">, scene: Scene): readonly Fault[] {
  if (issue.errors.length === 0) return [at(scene, issue.message, valueRemedy(optionsOf(issue), scene))];
  const inside = issue.errors.filter((branch) =>
    branch.every((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys"),
  );
  const best = [...inside].sort((one, other) => weight(one) - weight(other))[0];
  if (best === undefined) return [at(scene, issue.message, "Take one of these values.")];
  return best.flatMap((inner) => issueFaults(inner, scene));
}

/** What tells the alternatives from each other; without it one of them may be meant. */
const optionsOf = (issue: IssueOf<"invalid_union">): readonly string[] =>
  "options" in issue ? issue.options.filter((option) => option !== undefined).map(String) : [];

const weight = (branch: readonly Issue[]): number =>
  branch.length + branch.filter(({ code }) => code === "unrecognized_keys").length;
