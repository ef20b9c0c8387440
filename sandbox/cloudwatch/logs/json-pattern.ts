import { holds } from "./condition";
import { parseConditions } from "./condition-parser";
import type { LogMatcher } from "./log-matcher";

/** `{ $.status = 5* && $.latency > 2 }`. A line that is no JSON object matches none. @throws PatternFault */
export function jsonPattern(pattern: string): LogMatcher {
  const conditions = parseConditions(pattern.trim().slice(1, -1));
  return (message) => {
    const line = objectOf(message);
    if (line === undefined) return undefined;
    const valueOf = (field: string): unknown => selected(line, field);
    return holds(conditions, valueOf) ? valueOf : undefined;
  };
}

function objectOf(message: string): object | undefined {
  if (!message.trimStart().startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `$.a.b[0]`; undefined where nothing is. */
function selected(line: object, selector: string): unknown {
  const steps = [...selector.matchAll(/\.([^.[\]]+)|\[(?:"([^"]*)"|'([^']*)'|(\d+))\]/g)];
  return steps.reduce<unknown>((inner, [, plain, double, single, index]) => {
    const key = plain ?? double ?? single ?? index ?? "";
    if (typeof inner !== "object" || inner === null || !Object.hasOwn(inner, key)) return undefined;
    return (inner as Readonly<Record<string, unknown>>)[key];
  }, line);
}
