import { isRecord, unknown } from "./property-value";

/** A value found by a path pattern, with the concrete path that leads to it. */
export interface Found {
  readonly path: string;
  readonly value: unknown;
}

/**
 * All values at a pattern such as `loadBalancers[*].containerPort`; `undefined` where the last step is absent. Nothing
 * is found below what is absent or unknown.
 */
export function valuesAt(root: unknown, pattern: string): readonly Found[] {
  return segmentsOf(pattern).reduce<readonly Found[]>(
    (found, segment) => found.flatMap((at) => step(at, segment)),
    [{ path: "", value: root }],
  );
}

/** The pattern of the nearest object or list item that holds all given patterns; "" is the resource itself. */
export function commonScope(patterns: readonly string[]): string {
  const parents = patterns.map((pattern) => segmentsOf(pattern).slice(0, -1));
  const [first = [], ...others] = parents;
  const differs = first.findIndex((segment, index) => others.some((other) => other[index] !== segment));
  return joinSegments(
    differs < 0 ? first.slice(0, Math.min(...parents.map((parent) => parent.length))) : first.slice(0, differs),
  );
}

/** What is left of a pattern below a scope. */
export function relativeTo(scope: string, pattern: string): string {
  return joinSegments(segmentsOf(pattern).slice(segmentsOf(scope).length));
}

/** `a.b[*].c` -> parent `a.b[*]` and name `c`. */
export function splitLast(pattern: string): { readonly parent: string; readonly name: string } {
  const segments = segmentsOf(pattern);
  return { parent: joinSegments(segments.slice(0, -1)), name: segments.at(-1) ?? "" };
}

/** Joins a concrete path and a property below it. */
export function below(path: string, name: string): string {
  return path === "" || name === "" ? path + name : `${path}.${name}`;
}

/** Whether a value counts as given: an empty list or map is as good as none, as in the provider's own checks. */
export function isGiven(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  return true;
}

function step(at: Found, segment: string): readonly Found[] {
  if (segment === "[*]") {
    return Array.isArray(at.value)
      ? at.value.map((value, index) => ({ path: `${at.path}[${index}]`, value: value as unknown }))
      : [];
  }
  if (at.value === unknown || !isRecord(at.value)) return [];
  return [{ path: below(at.path, segment), value: at.value[segment] }];
}

function segmentsOf(pattern: string): readonly string[] {
  return pattern.match(/[^.[\]]+|\[\*\]/g)?.map((segment) => (segment === "*" ? "[*]" : segment)) ?? [];
}

function joinSegments(segments: readonly string[]): string {
  return segments.reduce((path, segment) => (segment === "[*]" ? `${path}[*]` : below(path, segment)), "");
}
