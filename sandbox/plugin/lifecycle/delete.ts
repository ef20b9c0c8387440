import { checkAtDelete } from "../../facts/check-inputs";
import { decode } from "../../facts/property-value";
import { interruptible } from "../context";
import type { Properties } from "../handler";
import { parseUrn } from "../urn";
import type { Session, Wire } from "./request";

/** Takes a resource away; refuses what the provider finds out only then (a database without a name for its last snapshot). */
export async function remove(
  session: Session,
  request: { readonly id: string; readonly urn: string; readonly properties: Wire; readonly inputs: Wire | undefined },
): Promise<void> {
  const { type } = parseUrn(request.urn);
  const state = decode(request.properties).value as Properties;
  const failures = checkAtDelete(type, request.inputs ?? request.properties);
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
  const handler = await session.provider.handlerOf(type);
  await handler.delete(request.id, state, interruptible(session.context, session.isCancelled));
}
