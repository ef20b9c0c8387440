import { isSame, nameOf, unorderedLists } from "./equality";
import { isRecord } from "./property-value";

/** One changed place of a property bag. */
export interface Difference {
  /** Concrete path, such as `ingress[1].cidrBlocks[0]`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
}

/** Every place where the new value of a property differs from the old one; documents are one place each. */
export function differences(type: string, path: string, old: unknown, next: unknown): readonly Difference[] {
  if (isSame(type, path, old, next)) return [];
  if (isRecord(old) && isRecord(next)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])];
    return keys.flatMap((key) => differences(type, `${path}.${key}`, old[key], next[key]));
  }
  if (Array.isArray(old) && Array.isArray(next)) {
    return unorderedLists.has(nameOf(path))
      ? setDifferences(type, path, old, next)
      : listDifferences(type, path, old, next);
  }
  if (old === undefined) return [{ path, kind: "add" }];
  return [{ path, kind: next === undefined ? "delete" : "update" }];
}

function listDifferences(
  type: string,
  path: string,
  old: readonly unknown[],
  next: readonly unknown[],
): readonly Difference[] {
  const length = Math.max(old.length, next.length);
  return Array.from({ length }, (_, index) => differences(type, `${path}[${index}]`, old[index], next[index])).flat();
}

/** Items that are on both sides are left out, in whatever order; what is left is told with its index. */
function setDifferences(
  type: string,
  path: string,
  old: readonly unknown[],
  next: readonly unknown[],
): readonly Difference[] {
  const gone = new Map(old.entries());
  const come = [...next.entries()].filter(([, item]) => {
    const twin = [...gone].find(([, candidate]) => isSame(type, `${path}[0]`, candidate, item));
    if (twin !== undefined) gone.delete(twin[0]);
    return twin === undefined;
  });
  const arrived = come.map(([index]) => index);
  const changed = arrived.filter((index) => gone.has(index));
  return [
    ...changed.flatMap((index) => differences(type, `${path}[${index}]`, gone.get(index), next[index])),
    ...[...gone.keys()]
      .filter((index) => !changed.includes(index))
      .map((index): Difference => ({ path: `${path}[${index}]`, kind: "delete" })),
    ...arrived
      .filter((index) => !changed.includes(index))
      .map((index): Difference => ({ path: `${path}[${index}]`, kind: "add" })),
  ];
}
