import { checkAtApply } from "../../facts/check-inputs";
import { factsOf } from "../../facts/facts";
import { decode, unknown } from "../../facts/property-value";
import { describeError } from "../aws-error";
import { interruptible, withCreated } from "../context";
import type { Handler, Properties } from "../handler";
import { parseUrn } from "../urn";
import { stateOf, withoutInternals } from "./outputs";
import type { Session, Wire } from "./request";

/** A resource that exists, but whose creation did not come to its end. */
export class HalfMade extends Error {
  constructor(
    readonly id: string,
    readonly properties: Wire,
    readonly inputs: Wire,
    reason: string,
  ) {
    super(reason);
  }
}

/** Makes a resource; in a preview tells what is known of it. Throws HalfMade when it exists and a later step failed. */
export async function create(
  session: Session,
  request: { readonly urn: string; readonly properties: Wire; readonly preview: boolean },
): Promise<{ readonly id: string; readonly properties: Wire }> {
  const { type } = parseUrn(request.urn);
  const decoded = decode(request.properties);
  const inputs = withoutInternals(decoded.value as Properties);
  if (request.preview) return { id: "", properties: stateOf(session, type, expected(type, inputs), decoded.secrets) };

  refuseAtApply(type, inputs);
  const handler = await session.provider.handlerOf(type);
  let madeId: string | undefined;
  // Before there is an id a wait must go on: what it is for would be an orphan.
  const isCancelled = (): boolean => madeId !== undefined && session.isCancelled();
  const context = interruptible(
    withCreated(session.context, (id) => (madeId = id)),
    isCancelled,
  );
  try {
    const { id, outputs } = await handler.create(inputs, context);
    return { id, properties: stateOf(session, type, outputs, decoded.secrets) };
  } catch (error) {
    if (madeId === undefined) throw error;
    const outputs = await stateOfHalfMade(session, handler, madeId, inputs);
    throw new HalfMade(
      madeId,
      stateOf(session, type, outputs, decoded.secrets),
      request.properties,
      describeError(error),
    );
  }
}

/** Refuses, in AWS' place, what AWS refuses: the endpoint of the sandbox is more lenient. */
export function refuseAtApply(type: string, inputs: Properties): void {
  const failures = checkAtApply(type, inputs);
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => `ValidationError: ${reason}`).join("; "));
}

/** Outputs in a preview: the inputs, and everything that only AWS can tell as unknown. */
function expected(type: string, inputs: Properties): Properties {
  const computed = (factsOf(type).computed ?? []).filter(
    (name) => !/[.[]/.test(name) && name !== "id" && name !== "tagsAll",
  );
  return { ...Object.fromEntries(computed.map((name) => [name, unknown])), ...inputs };
}

async function stateOfHalfMade(
  session: Session,
  handler: Handler,
  id: string,
  inputs: Properties,
): Promise<Properties> {
  try {
    return (await handler.read(id, inputs, session.context)) ?? inputs;
  } catch {
    // The first failure is the one to tell; the next refresh reads what this could not.
    return inputs;
  }
}
