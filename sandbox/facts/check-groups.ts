import type { CheckFailure, Phase } from "./check-inputs";
import { conditions } from "./conditions";
import type { Scope } from "./conditions";
import type { Group, ResourceFacts } from "./facts";
import { below, commonScope, isGiven, relativeTo, valuesAt } from "./property-path";
import { isRecord, unknown } from "./property-value";

/** Properties that exclude or need each other, checked in every place where they lie together. */
export function groupFailures(facts: ResourceFacts, inputs: unknown, phase: Phase): readonly CheckFailure[] {
  return (facts.conflictsWith ?? [])
    .filter((group) => phaseOf(group) === phase)
    .flatMap((group) => {
      const scopePattern = commonScope([...propsOf(group), ...otherPropsOf(group)]);
      return valuesAt(inputs, scopePattern).flatMap(({ path, value }) =>
        isRecord(value) && applies(group, value) ? judge(group, scopePattern, path, value) : [],
      );
    });
}

/** When a group is enforced; undefined for one that only documents. */
export function phaseOf(group: Group): Phase | undefined {
  // The provider only warns there.
  if (group.severity === "warning") return undefined;
  if (group.enforcedBy === "AWS") return "apply";
  const condition = group.when === undefined ? undefined : conditions[group.when];
  if (condition === undefined) {
    if (group.when !== undefined)
      throw new Error(`The condition "${group.when}" has no meaning yet: add it to sandbox/facts/conditions.ts`);
    return "preview";
  }
  if (condition.kind === "not enforced") return undefined;
  if (group.checkedAt === "apply" || group.checkedAt?.startsWith("preview or apply") === true) return "apply";
  return group.checkedAt?.startsWith("preview") === true ? "preview" : condition.phase;
}

function applies(group: Group, scope: Scope): boolean {
  const condition = group.when === undefined ? undefined : conditions[group.when];
  return condition?.kind !== "enforced" || condition.holds(scope) === true;
}

function propsOf(group: Group): readonly string[] {
  return group.props ?? (group.prop === undefined ? [] : [group.prop]);
}

function otherPropsOf(group: Group): readonly string[] {
  const required = (group.requires ?? []).map((wanted) => wanted.split("=")[0] ?? wanted);
  return group.of === undefined ? required : [...required, group.of];
}

function judge(group: Group, scopePattern: string, path: string, scope: Scope): readonly CheckFailure[] {
  const inScope = (pattern: string): string => relativeTo(scopePattern, pattern);
  const props = propsOf(group).map(inScope);
  const setOnes = props.filter((prop) => isSet(scope, prop));
  const mayBeSet = props.some((prop) => valueAt(scope, prop) === unknown);
  const fail = (prop: string, reason: string): readonly CheckFailure[] => [{ property: below(path, prop), reason }];
  const names = (list: readonly string[]): string => list.map((prop) => below(path, prop)).join(",");
  const [first = "", second = ""] = setOnes;

  switch (group.kind) {
    case "conflicts":
      return setOnes.length < 2 ? [] : fail(first, `"${below(path, first)}": conflicts with ${below(path, second)}`);
    case "exactlyOneOf":
      if (setOnes.length > 1) {
        return fail(
          first,
          `"${below(path, first)}": only one of \`${names(props)}\` can be specified, but \`${names(setOnes)}\` were specified.`,
        );
      }
      return setOnes.length === 1 || mayBeSet
        ? []
        : fail(props[0] ?? "", `one of \`${names(props)}\` must be specified`);
    case "atLeastOneOf":
      return setOnes.length > 0 || mayBeSet ? [] : fail(props[0] ?? "", `one of \`${names(props)}\` must be specified`);
    case "requiredWith":
      return setOnes.flatMap((prop) => missingCompanions(group, scope, inScope, path, prop));
    case "requiredWhen":
      return props
        .filter((prop) => valueAt(scope, prop) === undefined)
        .flatMap((prop) => fail(prop, `"${below(path, prop)}" is required when ${group.when ?? "it is used"}`));
    case "requiredValue":
      return props
        .filter((prop) => valueAt(scope, prop) !== unknown && valueAt(scope, prop) !== group.value)
        .flatMap((prop) =>
          fail(
            prop,
            `"${below(path, prop)}" must be ${JSON.stringify(group.value)} when ${group.when ?? "it is used"}`,
          ),
        );
    case "pair":
      return new Set(props.map((prop) => valueAt(scope, prop))).size === 1 || mayBeSet
        ? []
        : fail(props[0] ?? "", `\`${names(props)}\` must hold the same value`);
    case "atLeastSum":
      return sumFailures(group, scope, path);
    case "subset":
      return outsiders(group, scope, inScope).flatMap((item) =>
        fail(props[0] ?? "", `"${item}" is not in ${group.of}`),
      );
    default:
      throw new Error(`Unknown kind of property group: ${group.kind}`);
  }
}

function missingCompanions(
  group: Group,
  scope: Scope,
  inScope: (pattern: string) => string,
  path: string,
  prop: string,
): readonly CheckFailure[] {
  return (group.requires ?? []).flatMap((wanted) => {
    const [pattern = "", value] = wanted.split("=");
    const found = valueAt(scope, inScope(pattern));
    const isFine = found === unknown || (value === undefined ? isGiven(found) : found === value);
    if (isFine) return [];
    const expected =
      value === undefined ? `\`${prop},${pattern}\` must be specified together` : `${pattern} must be ${value}`;
    return [{ property: below(path, prop), reason: `"${below(path, prop)}": ${expected}` }];
  });
}

function sumFailures(group: Group, scope: Scope, path: string): readonly CheckFailure[] {
  const { requires = [] } = group;
  const values = [...propsOf(group), ...requires].map((prop) => valueAt(scope, prop));
  if (values.includes(unknown)) return [];
  const numberAt = (prop: string): number => Number(valueAt(scope, prop) ?? 0);
  const least = requires.reduce((sum, part) => sum + numberAt(part), 0);
  return propsOf(group)
    .filter((prop) => numberAt(prop) < least)
    .map((prop) => ({
      property: below(path, prop),
      reason: `expected ${below(path, prop)} to be at least ${requires.join(" + ")} (${least}), got ${numberAt(prop)}`,
    }));
}

function outsiders(group: Group, scope: Scope, inScope: (pattern: string) => string): readonly string[] {
  const whole = valueAt(scope, inScope(group.of ?? ""));
  if (!Array.isArray(whole) || whole.includes(unknown)) return [];
  return propsOf(group)
    .flatMap((prop) => valuesAt(scope, inScope(prop)))
    .filter(({ value }) => typeof value === "string" && !whole.includes(value))
    .map(({ value }) => value as string);
}

/** Set for certain: an unknown value may still turn out to be nothing. */
function isSet(scope: Scope, prop: string): boolean {
  const value = valueAt(scope, prop);
  return value !== unknown && isGiven(value);
}

function valueAt(scope: Scope, prop: string): unknown {
  return valuesAt(scope, prop)[0]?.value;
}
