import type { Context } from "../context";
import { redact } from "../model/redact";
import type { CheckResult } from "../model/release/observed";
import type { Check } from "../model/release/plan";
import type { HttpAnswer, HttpRequest } from "../ports/http";

/** A target that has just become healthy, and a listener that has just been changed, may miss a first request. */
const attempts = 3;
const betweenMs = 2_000;
/** Of a body, in an error. */
const mostOfBody = 200;
const mostToRead = 10 * mostOfBody;

/** Makes all requests, at the same time, and tells everything that was not as expected. */
export async function runChecks(
  ports: Pick<Context, "http" | "clock">,
  checks: readonly Check[],
): Promise<CheckResult> {
  const faults = await Promise.all(checks.map((check) => runCheck(ports, check)));
  const failed = checks.flatMap((check, index) => {
    const found = faults[index] ?? [];
    return found.length === 0 ? [] : [`${check.name} (GET ${redact(check.url)}): ${found.join("; ")}`];
  });
  if (failed.length === 0) return { kind: "passed", names: checks.map(({ name }) => name) };
  return { kind: "failed", text: failed.join("\n") };
}

async function runCheck({ http, clock }: Pick<Context, "http" | "clock">, check: Check): Promise<readonly string[]> {
  let faults: readonly string[] = [];
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (attempt > 1) await clock.sleep(betweenMs);
    faults = faultsOf(check, await http.get(requestOf(check)));
    if (faults.length === 0) return faults;
  }
  return faults;
}

const requestOf = ({ url, headers, verifyCertificate, serverName }: Check): HttpRequest => ({
  url,
  headers,
  ...(verifyCertificate === undefined ? {} : { verifyCertificate }),
  ...(serverName === undefined ? {} : { serverName }),
});

/** What is not as it should be; empty when everything is. */
export function faultsOf(check: Pick<Check, "status" | "json">, answer: HttpAnswer): readonly string[] {
  if (answer.kind === "failed") return [`no answer: ${redact(answer.why)}`];
  const { status, body } = answer;
  const code = status === check.status ? [] : [`expected status ${check.status}, found ${status}`];
  const fields = Object.keys(check.json).length === 0 ? [] : fieldFaults(check.json, body);
  const faults = [...code, ...fields];
  return faults.length === 0 ? [] : [...faults, `body: ${shown(body)}`];
}

function fieldFaults(expected: Check["json"], body: string): readonly string[] {
  const document = parsed(body);
  if (document === undefined) return ["expected a JSON body, found something else"];
  return Object.entries(expected).flatMap(([path, value]) => {
    const found = at(document.value, path);
    if (found === value) return [];
    return [
      `${path}: expected ${JSON.stringify(value)}, found ${found === undefined ? "nothing" : shown(JSON.stringify(found), path)}`,
    ];
  });
}

function parsed(body: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body) as unknown };
  } catch {
    return undefined;
  }
}

/** `checks.database`, also `items.0.name`; a field whose own name has dots goes before. */
function at(value: unknown, path: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Readonly<Record<string, unknown>>)[path];
  const dot = path.indexOf(".");
  if (dot < 0) return undefined;
  const first = path.slice(0, dot);
  if (!Object.hasOwn(value, first)) return undefined;
  return at((value as Readonly<Record<string, unknown>>)[first], path.slice(dot + 1));
}

/** Cut and without secrets; the name tells of values that are secret by what they are called. */
function shown(text: string, name?: string): string {
  if (text === "") return "empty";
  const start = text.slice(0, mostToRead);
  const safe = name === undefined ? redact(start) : redact(`${name}: ${start}`).slice(name.length + 2);
  const line = safe.replace(/\s+/g, " ").trim();
  return line.length > mostOfBody ? `${line.slice(0, mostOfBody - 3)}...` : line;
}
