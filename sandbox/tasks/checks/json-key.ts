/** A field of a secret whose value is JSON, or what Go's parser, which the agent is written in, says of it. */
export type Picked =
  { readonly kind: "value"; readonly value: string } | { readonly kind: "wrong"; readonly why: string };

/** The agent's field is a text; another value is given as its JSON. */
export function pickJsonKey(text: string, key: string): Picked {
  const parsed = parse(text);
  if (parsed.kind === "wrong") return parsed;
  const { json } = parsed;
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return wrong(`json: cannot unmarshal ${goName(json)} into Go value of type map[string]interface {}`);
  }
  const value = (json as Readonly<Record<string, unknown>>)[key];
  if (value === undefined) return wrong(`retrieved secret from Secrets Manager did not contain json key ${key}`);
  return { kind: "value", value: typeof value === "string" ? value : JSON.stringify(value) };
}

function parse(text: string): { readonly kind: "json"; readonly json: unknown } | Extract<Picked, { kind: "wrong" }> {
  try {
    return { kind: "json", json: JSON.parse(text) as unknown };
  } catch {
    return wrong(complaint(text.trimStart()));
  }
}

const literals = ["true", "false", "null"];

function complaint(text: string): string {
  const first = text[0];
  if (first === undefined || /^[[{"\d-]/.test(first)) return "unexpected end of JSON input";
  const literal = literals.find((one) => one[0] === first);
  if (!literal) return `invalid character '${first}' looking for beginning of value`;
  const at = [...literal].findIndex((character, index) => text[index] !== character);
  if (at < 0 || text[at] === undefined) return "unexpected end of JSON input";
  return `invalid character '${text[at]}' in literal ${literal} (expecting '${literal[at]}')`;
}

function goName(json: unknown): string {
  if (Array.isArray(json)) return "array";
  return typeof json === "boolean" ? "bool" : typeof json;
}

const wrong = (why: string): Extract<Picked, { kind: "wrong" }> => ({ kind: "wrong", why });
