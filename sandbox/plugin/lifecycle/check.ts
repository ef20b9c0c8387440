import { autoName } from "../../facts/auto-name";
import type { NamingRequest } from "../../facts/auto-name";
import { checkDecoded } from "../../facts/check-inputs";
import type { CheckFailure } from "../../facts/check-inputs";
import { withDefaults } from "../../facts/defaults";
import { writtenDocuments } from "../../facts/documents";
import { factsOf } from "../../facts/facts";
import type { ResourceFacts } from "../../facts/facts";
import { decode, encode, hasUnknown, isRecord, unknown } from "../../facts/property-value";
import type { Properties } from "../handler";
import { parseUrn } from "../urn";
import type { Session, Wire } from "./request";

export interface CheckRequest {
  readonly urn: string;
  /** Checked inputs of the resource that is there; undefined for a new one. */
  readonly olds: Wire | undefined;
  readonly news: Wire;
  readonly seed: Uint8Array;
  readonly rule: NamingRequest["rule"];
}

/** Refuses bad inputs; fills in defaults, the automatic name and the provider's tags in good ones. */
export async function check(
  session: Session,
  request: CheckRequest,
): Promise<{ readonly inputs: Wire; readonly failures: readonly CheckFailure[] }> {
  const { type, name } = parseUrn(request.urn);
  const facts = factsOf(type);
  await session.provider.handlerOf(type);

  const { value, secrets } = decode(request.news);
  const given = writtenDocuments(value as Properties);
  const old = request.olds === undefined ? undefined : (decode(request.olds).value as Properties);
  const naming = autoName(facts, given, {
    logicalName: name,
    old,
    seed: request.seed,
    ...(request.rule ? { rule: request.rule } : {}),
  });
  const named =
    naming.kind === "named" ? { ...given, [naming.property]: naming.name, __defaults: [naming.property] } : given;
  const failures = [
    ...(naming.kind === "too long" ? [naming] : []),
    // A name that was made and is refused all the same was made from the resource's name: say so in the same words.
    ...checkDecoded(facts, named, secrets, "preview"),
  ];
  const inputs = withTags(facts, withDefaults(facts, named), session.config.defaultTags);
  return {
    inputs: encode(inputs, tagSecrets(secrets)) as Wire,
    failures: failures.map(({ property, reason }) => ({ property, reason })),
  };
}

/** `tagsAll` is what AWS gets: the provider's default tags, overlaid with the resource's own. */
function withTags(facts: ResourceFacts, inputs: Properties, defaultTags: Readonly<Record<string, string>>): Properties {
  if (!facts.tags) return inputs;
  const { tags } = inputs;
  const own = isRecord(tags) ? tags : {};
  const all = tags === unknown ? unknown : { ...defaultTags, ...own };
  return all === unknown || hasUnknown(all) || Object.keys(all).length > 0 ? { ...inputs, tagsAll: all } : inputs;
}

function tagSecrets(secrets: ReadonlySet<string>): ReadonlySet<string> {
  const copies = [...secrets]
    .filter((path) => /^tags(\.|$)/.test(path))
    .map((path) => path.replace(/^tags/, "tagsAll"));
  return new Set([...secrets, ...copies]);
}
