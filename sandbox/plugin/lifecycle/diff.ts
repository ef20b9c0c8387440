import { diff as diffInputs } from "../../facts/diff";
import type { ResourceDiff } from "../../facts/diff";
import { decode } from "../../facts/property-value";
import type { Properties } from "../handler";
import { parseUrn } from "../urn";
import type { Session, Wire } from "./request";

/** What a change of checked inputs means. A refresh puts what AWS has into the old inputs, so drift shows here too. */
export function diff(
  session: Session,
  request: { readonly urn: string; readonly oldInputs: Wire; readonly news: Wire },
): ResourceDiff {
  const { type } = parseUrn(request.urn);
  const old = decode(request.oldInputs).value as Properties;
  const next = decode(request.news).value as Properties;
  return diffInputs(type, old, next, session.context.region);
}
