import { allowedFailures } from "./check-allowed";
import { groupFailures } from "./check-groups";
import { requiredFailures } from "./check-required";
import { factsOf } from "./facts";
import type { ResourceFacts } from "./facts";
import { decode } from "./property-value";

/** An input that would be refused: where, and why in the provider's words. Secret values are never repeated. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** When a fault shows: `preview` by the provider, `apply` by AWS, `delete` when the resource is to go. */
export type Phase = "preview" | "apply" | "delete";

/**
 * What the provider refuses at preview. Values not known yet never fail; secrets are looked into but not repeated.
 * Throws UnknownResourceType for a type without facts.
 */
export function checkInputs(type: string, inputs: Readonly<Record<string, unknown>>): readonly CheckFailure[] {
  return checkPlain(type, inputs, "preview");
}

/** What passes a preview and is then refused by AWS when the resource is made or changed. */
export function checkAtApply(type: string, inputs: Readonly<Record<string, unknown>>): readonly CheckFailure[] {
  return checkPlain(type, inputs, "apply");
}

/** What makes a removal fail, by the inputs that are in the state. */
export function checkAtDelete(type: string, inputs: Readonly<Record<string, unknown>>): readonly CheckFailure[] {
  return checkPlain(type, inputs, "delete");
}

/** The same for inputs that are decoded already. */
export function checkDecoded(
  facts: ResourceFacts,
  inputs: unknown,
  secrets: ReadonlySet<string>,
  phase: Phase,
): readonly CheckFailure[] {
  const missing = phase === "preview" ? requiredFailures(facts, inputs) : [];
  return [...missing, ...allowedFailures(facts, inputs, secrets, phase), ...groupFailures(facts, inputs, phase)];
}

function checkPlain(type: string, inputs: Readonly<Record<string, unknown>>, phase: Phase): readonly CheckFailure[] {
  const facts = factsOf(type);
  const { value, secrets } = decode(inputs);
  return checkDecoded(facts, value, secrets, phase);
}
