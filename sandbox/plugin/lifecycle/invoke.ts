import { decode, encode } from "../../facts/property-value";
import type { Properties } from "../handler";
import type { Session, Wire } from "./request";

/** Calls a provider function. A secret argument makes the whole answer secret. */
export async function invoke(
  session: Session,
  request: { readonly token: string; readonly args: Wire },
): Promise<Wire> {
  const call = await session.provider.invokeOf(request.token);
  const { value, secrets } = decode(request.args);
  const answer = await call(value as Properties, session.context);
  return encode(answer, secrets.size > 0 ? new Set(Object.keys(answer)) : new Set()) as Wire;
}
