import type { ResourceFacts } from "./facts";
import { isGiven, splitLast, valuesAt } from "./property-path";
import { isRecord } from "./property-value";

type Bag = Readonly<Record<string, unknown>>;

/** Inputs with the provider's defaults in every place that the program left open. A block that is not given is not made up. */
export function withDefaults(facts: ResourceFacts, inputs: Bag): Bag {
  const filled = structuredCloneWithSymbols(inputs) as Record<string, unknown>;
  for (const [pattern, value] of Object.entries(facts.defaults ?? {})) {
    const { parent, name } = splitLast(pattern);
    if (parent === "" && isExcluded(facts, name, inputs)) continue;
    for (const place of valuesAt(filled, parent)) {
      if (!isRecord(place.value) || place.value[name] !== undefined) continue;
      (place.value as Record<string, unknown>)[name] = value;
    }
  }
  return filled;
}

/** A default must not stand beside a given property that excludes it. */
function isExcluded(facts: ResourceFacts, name: string, inputs: Bag): boolean {
  return (facts.conflictsWith ?? [])
    .filter(
      ({ kind, when, props = [] }) =>
        (kind === "conflicts" || kind === "exactlyOneOf") && when === undefined && props.includes(name),
    )
    .some(({ props = [] }) => props.some((other) => other !== name && isGiven(inputs[other])));
}

/** `structuredClone` refuses the symbol that stands for unknown values. */
function structuredCloneWithSymbols(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCloneWithSymbols);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, structuredCloneWithSymbols(item)]));
}
