import { calculate } from "./arithmetic";
import { mathFunctions, type Surroundings } from "./functions";
import type { Expression } from "./syntax";
import { mapValue, MathFault, scalar, type Value } from "./value";

/** What names mean to an expression. */
export interface Names extends Surroundings {
  /** Undefined for an id that is not there. */
  value(id: string): Value | undefined;
  /** Metrics of the request, in order; expressions are not among them. */
  readonly metricIds: readonly string[];
  /** Seconds; of a metric only. */
  periodOf(id: string): number | undefined;
}

/** @throws MathFault */
export function evaluate(expression: Expression, names: Names): Value {
  switch (expression.kind) {
    case "number":
      return scalar(expression.value);
    case "text":
      return expression;
    case "id":
      return named(expression.id, names);
    case "negative":
      return mapValue(evaluate(expression.of, names), (value) => -value);
    case "list":
      return listed(expression.items, names);
    case "binary":
      return calculate(expression.operator, evaluate(expression.left, names), evaluate(expression.right, names));
    case "call":
      return call(expression, names);
  }
}

/** REPEAT and LINEAR are written like ids. */
function named(id: string, names: Names): Value {
  const found = names.value(id);
  if (found) return found;
  if (id === "REPEAT" || id === "LINEAR") return { kind: "text", value: id };
  throw new MathFault(`The id ${id} is not there.`);
}

function listed(items: readonly Expression[], names: Names): Value {
  const members = items.flatMap((item) => {
    const value = evaluate(item, names);
    if (value.kind === "array") return value.members;
    if (value.kind !== "series") throw new MathFault("A list is made of time series.");
    return [{ id: item.kind === "id" ? item.id : "", points: value.points }];
  });
  return { kind: "array", members };
}

function call({ name, args }: Expression & { kind: "call" }, names: Names): Value {
  if (name === "METRICS") return metrics(args, names);
  if (name === "PERIOD") {
    const [metric] = args;
    const period = metric?.kind === "id" ? names.periodOf(metric.id) : undefined;
    if (period === undefined) throw new MathFault("PERIOD takes the id of a metric.");
    return scalar(period);
  }
  const implementation = Object.hasOwn(mathFunctions, name) ? mathFunctions[name] : undefined;
  if (!implementation) throw new MathFault(`The function ${name} is not supported.`);
  return implementation(
    args.map((arg) => evaluate(arg, names)),
    names,
  );
}

/** All metrics of the request, or those with a part of their id. */
function metrics([part]: readonly Expression[], names: Names): Value {
  if (part !== undefined && part.kind !== "text") throw new MathFault("METRICS takes a text.");
  const ids = names.metricIds.filter((id) => id.includes(part?.value ?? ""));
  return listed(
    ids.map((id) => ({ kind: "id", id })),
    names,
  );
}
