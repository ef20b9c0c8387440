import { type Conditions, holds } from "./condition";
import { parseConditions } from "./condition-parser";
import { type LogMatcher, PatternFault } from "./log-matcher";

interface Field {
  readonly name: string;
  readonly conditions: Conditions | undefined;
}

/**
 * `[ip, user, ..., status = 5*, bytes]`: fields between spaces; what is in `[]` or `""` is one field, `...` stands for
 * any number of them. @throws PatternFault
 */
export function spacePattern(pattern: string): LogMatcher {
  const parts = pattern
    .trim()
    .slice(1, -1)
    .split(",")
    .map((part) => part.trim());
  const gap = parts.indexOf("...");
  if (gap !== parts.lastIndexOf("...")) throw new PatternFault("`...` may stand only once.");
  const fields = parts.filter((part) => part !== "...").map(fieldOf);
  return (message) => {
    const values = splitLine(message);
    const skipped = values.length - fields.length;
    if (skipped < 0 || (gap < 0 && skipped > 0)) return undefined;
    const found = new Map<string, string>();
    fields.forEach(({ name }, index) => {
      found.set(name, values[gap >= 0 && index >= gap ? index + skipped : index] ?? "");
    });
    const valueOf = (field: string): unknown => found.get(field.replace(/^\$/, ""));
    return fields.every(({ conditions }) => !conditions || holds(conditions, valueOf)) ? valueOf : undefined;
  };
}

function fieldOf(part: string): Field {
  const name = /^\(?\s*([\w-]+)/.exec(part)?.[1];
  if (name === undefined) throw new PatternFault("Invalid field in a space-delimited pattern.");
  return { name, conditions: part === name ? undefined : parseConditions(part) };
}

const splitLine = (line: string): readonly string[] =>
  [...line.matchAll(/\[([^\]]*)\]|"([^"]*)"|(\S+)/g)].map(
    ([, bracket, quoted, plain]) => bracket ?? quoted ?? plain ?? "",
  );
