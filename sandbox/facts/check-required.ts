import type { CheckFailure } from "./check-inputs";
import type { ResourceFacts } from "./facts";
import { below, splitLast, valuesAt } from "./property-path";
import { isRecord } from "./property-value";

/** Required properties that are missing. A nested one is only required where its parent is given. */
export function requiredFailures(facts: ResourceFacts, inputs: unknown): readonly CheckFailure[] {
  return facts.required.flatMap((pattern) => {
    const { parent, name } = splitLast(pattern);
    return valuesAt(inputs, parent)
      .filter(({ value }) => isRecord(value) && (value[name] === undefined || value[name] === null))
      .map(({ path }) => ({
        property: below(path, name),
        reason: `Missing required argument. The argument "${below(path, name)}" is required, but no definition was found.`,
      }));
  });
}
