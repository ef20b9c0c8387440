import { encode } from "../../facts/property-value";
import type { Properties } from "../handler";
import type { Session, Wire } from "./request";

/**
 * Outputs for the state. A property is secret as a whole when an input under it was secret, or when the type's nature
 * makes it one: AWS may have moved the parts of a list, and a part that is no longer found must not get out in plain.
 */
export function stateOf(session: Session, type: string, outputs: Properties, inputSecrets: ReadonlySet<string>): Wire {
  const byInput = [...inputSecrets].map((path) => /^[^.[]+/.exec(path)?.[0] ?? path);
  const byNature = session.provider.secretOutputs[type] ?? [];
  const secret = new Set([...byInput, ...byNature].filter((name) => outputs[name] !== undefined));
  return encode(withoutInternals(outputs), secret) as Wire;
}

/** Without the engine's and the checker's own entries (`__defaults`). */
export function withoutInternals(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !name.startsWith("__")));
}
