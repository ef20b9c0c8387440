/**
 * Whether two property values mean the same to AWS. Lists are compared as sets, absent equals empty, false or 0,
 * `443` equals `"443"`, and JSON texts are compared by what they say: AWS keeps none of those differences.
 */
export function isSame(left: unknown, right: unknown): boolean {
  if (isBlank(left) && isBlank(right)) return true;
  if (Array.isArray(left) && Array.isArray(right)) return hasSameMembers(left, right);
  if (isRecord(left) && isRecord(right)) return hasSameFields(left, right);
  if (typeof left === "string" && typeof right === "string") return left === right || isSameDocument(left, right);
  // A policy may be given as an object; AWS answers with text.
  if (isRecord(left) && typeof right === "string") return isSame(JSON.stringify(left), right);
  if (typeof left === "string" && isRecord(right)) return isSame(left, JSON.stringify(right));
  return isScalar(left) && isScalar(right) && String(left) === String(right);
}

/** A plain JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.values(value).every(isBlank);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function hasSameFields(left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>): boolean {
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => isSame(left[key], right[key]));
}

function hasSameMembers(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  const rest = [...right];
  return left.every((member) => {
    const at = rest.findIndex((candidate) => isSame(member, candidate));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

function isSameDocument(left: string, right: string): boolean {
  const [one, other] = [parseDocument(left), parseDocument(right)];
  return one !== undefined && other !== undefined && isSame(one, other);
}

function parseDocument(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return unwrapSingles(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** In a policy `"Action": "x"` and `"Action": ["x"]` are one statement. */
function unwrapSingles(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? unwrapSingles(value[0]) : value.map(unwrapSingles);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unwrapSingles(member)]));
}
