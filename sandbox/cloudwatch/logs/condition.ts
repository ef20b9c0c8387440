import { PatternFault } from "./log-matcher";

/** What is asked of one field. */
export type Condition =
  | { readonly kind: "compare"; readonly operator: CompareOperator; readonly value: string; readonly isNumber: boolean }
  | { readonly kind: "is"; readonly what: "NULL" | "TRUE" | "FALSE" }
  | { readonly kind: "not-exists" };

const operators = ["=", "!=", "<", "<=", ">", ">="] as const;
export type CompareOperator = (typeof operators)[number];

/** Conditions on fields, joined. */
export type Conditions =
  | { readonly kind: "field"; readonly field: string; readonly condition: Condition }
  | { readonly kind: "and" | "or"; readonly all: readonly Conditions[] };

/** A condition with the text of its value: numbers compare as numbers, texts with `*` in them match any text there. */
export function compare(operator: string, value: string, isQuoted: boolean): Condition {
  const known = operators.find((each) => each === operator);
  if (!known) throw new PatternFault(`Unknown operator ${operator}.`);
  const isNumber = !isQuoted && /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value);
  if (!isNumber && known !== "=" && known !== "!=") throw new PatternFault(`${operator} compares numbers only.`);
  return { kind: "compare", operator: known, value, isNumber };
}

/** @param value what the field has; undefined where there is no such field */
export function meets(condition: Condition, value: unknown): boolean {
  switch (condition.kind) {
    case "not-exists":
      return value === undefined;
    case "is":
      return condition.what === "NULL" ? value === null : value === (condition.what === "TRUE");
    case "compare": {
      // A selector that ends at an array or an object matches nothing.
      if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return false;
      return condition.isNumber ? meetsNumber(condition, value) : meetsText(condition, String(value));
    }
  }
}

function meetsNumber({ operator, value }: Condition & { kind: "compare" }, actual: string | number | boolean): boolean {
  if (actual === "" || typeof actual === "boolean" || Number.isNaN(Number(actual))) return false;
  const [left, right] = [Number(actual), Number(value)];
  switch (operator) {
    case "=":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

function meetsText({ operator, value }: Condition & { kind: "compare" }, actual: string): boolean {
  return matchesStars(value, actual) === (operator === "=");
}

/** Linear in the text, whatever the pattern: no regular expression that could run away. */
export function matchesStars(pattern: string, actual: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return actual === first;
  if (!actual.startsWith(first) || actual.length < first.length + last.length) return false;
  let at = first.length;
  const end = actual.length - last.length;
  for (const part of rest) {
    const found = actual.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return actual.endsWith(last);
}

/** All of it, given the values of fields. */
export function holds(conditions: Conditions, valueOf: (field: string) => unknown): boolean {
  switch (conditions.kind) {
    case "field":
      return meets(conditions.condition, valueOf(conditions.field));
    case "and":
      return conditions.all.every((each) => holds(each, valueOf));
    case "or":
      return conditions.all.some((each) => holds(each, valueOf));
  }
}
