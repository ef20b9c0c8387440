import { namesFilledIn } from "./auto-name";
import { conditionalReplacement } from "./conditional-replacement";
import { differences } from "./differences";
import type { Difference } from "./differences";
import { factsOf } from "./facts";
import type { ResourceFacts } from "./facts";

type Bag = Readonly<Record<string, unknown>>;

/** What the provider makes of a change. */
export interface ResourceDiff {
  /** Top-level properties that differ. */
  readonly changed: readonly string[];
  /** Those of them that force a replacement. */
  readonly replaces: readonly string[];
  /** The old resource must go first, as its name is in the way. */
  readonly deleteBeforeReplace: boolean;
  readonly details: readonly (Difference & { readonly replaces: boolean })[];
}

/** A change that the provider refuses at preview, as it needs the old state to be seen. */
export class RefusedChange extends Error {}

/**
 * Compares checked inputs (secrets unwrapped) of the state with new ones. `region` is the provider's own, for which an
 * explicit property may stand. Throws RefusedChange, and UnknownResourceType for a type without facts.
 */
export function diff(type: string, old: Bag, next: Bag, region: string): ResourceDiff {
  const facts = factsOf(type);
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter((key) => !key.startsWith("__"));
  const details = keys
    .filter((key) => !(next[key] === undefined && isComputed(facts, key)))
    .flatMap((key) => differences(type, key, old[key], next[key]))
    .map((difference) => ({ ...difference, replaces: isReplacing(facts, difference.path, old, next, region) }));
  refuse(type, details, next);

  const replaces = topLevel(details.filter((detail) => detail.replaces));
  return {
    changed: topLevel(details),
    replaces,
    deleteBeforeReplace: replaces.length > 0 && collides(facts, next),
    details,
  };
}

/** AWS keeps its own value when the program stops giving one. */
function isComputed(facts: ResourceFacts, key: string): boolean {
  return key !== "tagsAll" && (facts.computed ?? []).includes(key);
}

function isReplacing(facts: ResourceFacts, path: string, old: Bag, next: Bag, region: string): boolean {
  const pattern = path.replace(/\[\d+\]/g, "[*]");
  const key = topKey(path);
  // Naming the provider's own region, or no longer naming it, moves nothing.
  if (key === "region") return (old[key] ?? region) !== (next[key] ?? region);
  if (facts.replaceOnChange.some((replacing) => overlaps(pattern, replacing))) return true;
  return (facts.replaceConditional ?? [])
    .filter(({ props }) => props.includes(key))
    .some(({ when }) => {
      const rule = conditionalReplacement[when];
      if (rule === undefined)
        throw new Error(
          `The condition "${when}" has no meaning yet: add it to sandbox/facts/conditional-replacement.ts`,
        );
      return rule(key, old, next);
    });
}

/** A change at or below a replacing place replaces, and so does one that brings or takes the block around it. */
function overlaps(pattern: string, replacing: string): boolean {
  return pattern === replacing || isBelow(pattern, replacing) || isBelow(replacing, pattern);
}

function isBelow(path: string, outer: string): boolean {
  return path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

/** Old and new may not stand side by side: names that the program gave collide, automatic ones do not. */
function collides(facts: ResourceFacts, next: Bag): boolean {
  const names = facts.deleteBeforeReplaceWhenSet ?? [];
  if (names.length === 0) return facts.deleteBeforeReplace;
  return names.some((name) => next[name] !== undefined && !namesFilledIn(next).includes(name));
}

function refuse(type: string, details: readonly Difference[], next: Bag): void {
  const strategies = details.some(({ path }) => topKey(path) === "capacityProviderStrategies");
  if (type === "aws:ecs/service:Service" && strategies && next["forceNewDeployment"] !== true) {
    throw new RefusedChange("force_new_deployment should be true when capacity_provider_strategy is being updated");
  }
}

function topLevel(details: readonly Difference[]): readonly string[] {
  return [...new Set(details.map(({ path }) => topKey(path)))];
}

function topKey(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}
