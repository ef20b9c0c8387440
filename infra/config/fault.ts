/** One thing that is wrong with a configuration. */
export interface Fault {
  /** Where, for example `slipway:services.agent.cpu`. */
  readonly path: string;
  /** Type and value, shortened; never the value of anything secret. */
  readonly found: string;
  readonly allowed: string;
  /** What to do about it. */
  readonly remedy: string;
}

export type Path = readonly PropertyKey[];

/** `["services", "agent", "ports", 0]` as it is written in documents: `slipway:services.agent.ports[0]`. */
export function faultPath(path: Path): string {
  const steps = path.map((step, index) => {
    if (typeof step === "number") return `[${step}]`;
    const word = String(step);
    if (!/^[\w-]+$/.test(word)) return `["${word}"]`;
    return index === 0 ? word : `.${word}`;
  });
  return `slipway:${steps.join("")}`;
}

/** Keys whose values are not shown, whatever they hold. */
const secretWords = /passw|secret|token|credential|licen[cs]e|api[-_]?key|private[-_]?key/i;

const longest = 60;

/** What stands at a path, in words that may be printed. */
export function describeFound(value: unknown, path: Path): string {
  if (value === undefined) return "nothing";
  if (value === null) return "an empty value";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "secure" in value ? "an encrypted value" : "a group of keys";
  const kind = typeof value === "string" ? "text" : typeof value === "boolean" ? "yes/no" : "number";
  if (isHidden(value, path)) return `${kind} (not shown)`;
  const shown = JSON.stringify(value);
  return `${kind} ${shown.length > longest ? `${shown.slice(0, longest)}...` : shown}`;
}

/** Text below a secret's name may be the secret itself, written in the wrong place; figures and switches are only hidden in its own key. */
function isHidden(value: unknown, path: Path): boolean {
  const words = path.filter((step) => typeof step === "string");
  return typeof value === "string"
    ? words.some((word) => secretWords.test(word))
    : secretWords.test(words.at(-1) ?? "");
}

/** What kind of value stands at a path, and nothing about the value itself. */
export function describeKind(value: unknown): string {
  if (typeof value === "string") return "text";
  return typeof value === "number" ? "a number" : describeFound(value, []);
}

/** The value at a path of a parsed file; undefined when there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (isGroup(value) ? (value as Record<PropertyKey, unknown>)[step] : undefined),
    root,
  );
}

const isGroup = (value: unknown): boolean => typeof value === "object" && value !== null;
