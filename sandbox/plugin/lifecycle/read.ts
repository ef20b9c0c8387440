import { isSame, nameOf } from "../../facts/equality";
import { factsOf } from "../../facts/facts";
import { decode, encode, isRecord } from "../../facts/property-value";
import type { Properties } from "../handler";
import { parseUrn } from "../urn";
import { stateOf } from "./outputs";
import type { Session, Wire } from "./request";

export interface ReadRequest {
  readonly id: string;
  readonly urn: string;
  /** Last outputs; empty when a resource is imported. */
  readonly properties: Wire;
  /** Last checked inputs; empty when a resource is imported. */
  readonly inputs: Wire;
}

/** What AWS has now, as outputs and as the inputs that would give it; undefined when the resource is gone. */
export async function read(
  session: Session,
  request: ReadRequest,
): Promise<{ readonly properties: Wire; readonly inputs: Wire } | undefined> {
  const { type } = parseUrn(request.urn);
  const handler = await session.provider.handlerOf(type);
  const state = decode(request.properties);
  const known = decode(request.inputs);
  const isImport = Object.keys(request.inputs).length === 0;

  const outputs = await handler.read(request.id, state.value as Properties, session.context);
  if (outputs === undefined) return undefined;
  const inputs = isImport ? importedInputs(type, outputs) : currentInputs(type, known.value as Properties, outputs);
  return {
    properties: stateOf(session, type, outputs, known.secrets),
    inputs: encode(inputs, isImport ? new Set(session.provider.secretOutputs[type]) : known.secrets) as Wire,
  };
}

/** Properties whose keys are the user's own: a key that somebody added is drift too. */
const maps: ReadonlySet<string> = new Set(["tags", "tagsAll", "dimensions", "keepers"]);

/**
 * The inputs of the state with AWS' values where those mean something else. What the program never said is not taken up:
 * AWS reports many figures of its own, and they are nobody's drift.
 */
export function currentInputs(type: string, known: Properties, outputs: Properties): Properties {
  const entries = Object.entries(known).map(([name, value]) => {
    if (name.startsWith("__") || !(name in outputs)) return [name, value] as const;
    const now = asAskedFor(name, value, outputs[name]);
    return [name, isSame(type, name, value, now) ? value : now] as const;
  });
  const tags =
    factsOf(type).tags && known["tags"] === undefined && isRecord(outputs["tags"]) ? { tags: outputs["tags"] } : {};
  return { ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)), ...tags };
}

/** AWS' value cut down to the fields that the input has, at every depth. */
function asAskedFor(path: string, input: unknown, now: unknown): unknown {
  if (isRecord(input) && isRecord(now)) {
    if (maps.has(nameOf(path))) return now;
    return Object.fromEntries(
      Object.keys(input).map((key) => [
        key,
        key in now ? asAskedFor(`${path}.${key}`, input[key], now[key]) : input[key],
      ]),
    );
  }
  if (Array.isArray(input) && Array.isArray(now) && input.every(isRecord)) {
    const fields = new Set(input.flatMap((item) => Object.keys(item)));
    return now.map((item: unknown) =>
      isRecord(item) ? Object.fromEntries(Object.entries(item).filter(([key]) => fields.has(key))) : item,
    );
  }
  return now;
}

/** Everything that is not an output alone. */
function importedInputs(type: string, outputs: Properties): Properties {
  const { computed = [], required, replaceOnChange, allowed = {} } = factsOf(type);
  const inputs = new Set([...required, ...replaceOnChange, ...Object.keys(allowed), "tags"]);
  return Object.fromEntries(
    Object.entries(outputs).filter(([name]) => name !== "id" && (inputs.has(name) || !computed.includes(name))),
  );
}
