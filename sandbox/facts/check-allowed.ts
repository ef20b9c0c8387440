import type { CheckFailure, Phase } from "./check-inputs";
import type { Allowed, ResourceFacts } from "./facts";
import { isJson } from "./documents";
import { formats } from "./formats";
import { valuesAt } from "./property-path";
import { isRecord, touchesSecret, unknown } from "./property-value";

/** Values outside of what a property may take. */
export function allowedFailures(
  facts: ResourceFacts,
  inputs: unknown,
  secrets: ReadonlySet<string>,
  phase: Phase,
): readonly CheckFailure[] {
  return Object.entries(facts.allowed ?? {})
    .filter(([, allowed]) => phaseOf(allowed) === phase)
    .flatMap(([pattern, allowed]) =>
      valuesAt(inputs, pattern)
        .filter(({ value }) => value !== undefined && value !== null && value !== unknown)
        .flatMap(({ path, value }) => {
          const expectation = fault(allowed, path, value);
          if (expectation === undefined) return [];
          const found = touchesSecret(path, secrets) ? "a secret value" : show(value);
          return [{ property: path, reason: `${expectation}, got ${found}` }];
        }),
    );
}

function phaseOf(allowed: Allowed): Phase | undefined {
  if (allowed.enforcedBy === undefined) return "preview";
  return allowed.enforcedBy === "AWS" ? "apply" : undefined;
}

/** What was expected of the value, or undefined when it is fine. */
function fault(allowed: Allowed, path: string, value: unknown): string | undefined {
  if (Array.isArray(value)) return itemsFault(allowed, path, value.length);
  if (isRecord(value)) return recordFault(allowed, path, value);
  if (allowed.alsoAllowed?.includes(value as string)) return undefined;
  return (
    choiceFault(allowed, path, value) ??
    rangeFault(allowed, path, value) ??
    (typeof value === "string" ? textFault(allowed, path, value) : undefined)
  );
}

function itemsFault({ minItems, maxItems }: Allowed, path: string, count: number): string | undefined {
  if (minItems !== undefined && count < minItems) return `expected ${path} to have at least ${minItems} item(s)`;
  if (maxItems !== undefined && count > maxItems) return `expected ${path} to have at most ${maxItems} item(s)`;
  return undefined;
}

function recordFault({ maxItems, keyNotPattern }: Allowed, path: string, value: object): string | undefined {
  const keys = Object.keys(value);
  if (maxItems !== undefined && keys.length > maxItems) return `expected ${path} to have at most ${maxItems} item(s)`;
  const bad = keyNotPattern === undefined ? undefined : keys.find((key) => new RegExp(keyNotPattern).test(key));
  return bad === undefined ? undefined : `expected no key of ${path} to match ${JSON.stringify(keyNotPattern)}`;
}

function choiceFault(allowed: Allowed, path: string, value: unknown): string | undefined {
  const { oneOf, orMin, orMax, orMultipleOf, caseInsensitive } = allowed;
  if (oneOf === undefined) return undefined;
  const fold = (item: unknown): string => (caseInsensitive === true ? String(item).toLowerCase() : String(item));
  if (oneOf.some((item) => fold(item) === fold(value))) return undefined;
  const number = Number(value);
  if (orMultipleOf !== undefined && number > 0 && number % orMultipleOf === 0) return undefined;
  if (orMin !== undefined && number >= orMin && number <= (orMax ?? Infinity)) return undefined;
  const widened = [
    ...(orMultipleOf === undefined ? [] : [` or a multiple of ${orMultipleOf}`]),
    ...(orMin === undefined ? [] : [` or in the range (${orMin} - ${orMax})`]),
  ].join("");
  return `expected ${path} to be one of ${JSON.stringify(oneOf)}${widened}`;
}

function rangeFault({ min, max, alsoAllowed }: Allowed, path: string, value: unknown): string | undefined {
  // Some ranges are of numbers that travel as text ("15" minutes); text that is no number fails too.
  const number = Number(value);
  if ((min === undefined || number >= min) && (max === undefined || number <= max)) return undefined;
  const also = alsoAllowed === undefined ? "" : `${alsoAllowed.join(", ")} or `;
  if (max === undefined) return `expected ${path} to be ${also}at least (${min})`;
  if (min === undefined) return `expected ${path} to be ${also}at most (${max})`;
  return `expected ${path} to be ${also}in the range (${min} - ${max})`;
}

function textFault(allowed: Allowed, path: string, text: string): string | undefined {
  const { minLength = 0, maxLength = Infinity, pattern, notPattern } = allowed;
  if (text.length < minLength || text.length > maxLength) return lengthExpectation(allowed, path);
  if (pattern !== undefined && !new RegExp(pattern).test(text))
    return `invalid value for ${path} (must match ${pattern})`;
  if (notPattern !== undefined && new RegExp(notPattern).test(text))
    return `invalid value for ${path} (must not match ${notPattern})`;
  const format = allowed.format === undefined ? undefined : formats[allowed.format];
  if (format !== undefined && !format.matches(text)) return `expected ${path} to be ${format.expected}`;
  if (allowed.arn === true && !text.startsWith("arn:")) return `invalid ARN in ${path} (must start with arn:)`;
  if (allowed.json === true && !isJson(text)) return `${path} contains an invalid JSON`;
  if (allowed.base64 === true && Buffer.from(text, "base64").toString("base64") !== text)
    return `expected ${path} to be base64 encoded`;
  if (allowed.rfc3339 === true && Number.isNaN(Date.parse(text))) return `expected ${path} to be a valid RFC3339 date`;
  if (allowed.numericString === true && (text === "" || Number.isNaN(Number(text))))
    return `expected ${path} to be a number in text`;
  return undefined;
}

function lengthExpectation({ minLength = 0, maxLength }: Allowed, path: string): string {
  if (maxLength === undefined) return `expected length of ${path} to be at least ${minLength}`;
  return `expected length of ${path} to be in the range (${minLength} - ${maxLength})`;
}

/** The value for a message, cut so that a long policy does not drown it. */
function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}... (${text.length} characters)` : text;
}
