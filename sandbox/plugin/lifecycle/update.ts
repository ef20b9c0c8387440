import { diff } from "../../facts/diff";
import { factsOf } from "../../facts/facts";
import { decode, unknown } from "../../facts/property-value";
import { interruptible } from "../context";
import type { Properties } from "../handler";
import { parseUrn } from "../urn";
import { refuseAtApply } from "./create";
import { stateOf, withoutInternals } from "./outputs";
import type { Session, Wire } from "./request";

export interface UpdateRequest {
  readonly id: string;
  readonly urn: string;
  /** Last outputs. */
  readonly olds: Wire;
  readonly oldInputs: Wire;
  readonly news: Wire;
  readonly preview: boolean;
}

/** Changes a resource in place; in a preview tells the outputs it will have, the old ones where an update leaves them alone. */
export async function update(session: Session, request: UpdateRequest): Promise<Wire> {
  const { type } = parseUrn(request.urn);
  const state = decode(request.olds).value as Properties;
  const decoded = decode(request.news);
  const inputs = withoutInternals(decoded.value as Properties);
  const oldInputs = withoutInternals(decode(request.oldInputs).value as Properties);
  if (request.preview) {
    return stateOf(session, type, expected(session, type, state, oldInputs, inputs), decoded.secrets);
  }
  refuseAtApply(type, inputs);
  const handler = await session.provider.handlerOf(type);
  const outputs = await handler.update(request.id, state, inputs, interruptible(session.context, session.isCancelled));
  return stateOf(session, type, outputs, decoded.secrets);
}

function expected(
  session: Session,
  type: string,
  state: Properties,
  oldInputs: Properties,
  inputs: Properties,
): Properties {
  const computed = new Set(factsOf(type).computed ?? []);
  const dropped = Object.keys(oldInputs).filter((name) => inputs[name] === undefined && !computed.has(name));
  const kept = Object.fromEntries(Object.entries(state).filter(([name]) => !dropped.includes(name)));
  const derived = session.provider.derivedOutputs[type] ?? {};
  const { changed } = diff(type, oldInputs, inputs, session.context.region);
  const open = changed.flatMap((name) => derived[name] ?? []);
  return { ...kept, ...inputs, ...Object.fromEntries(open.map((name) => [name, unknown])) };
}
