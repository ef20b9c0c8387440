import { createHash, randomBytes } from "node:crypto";
import type { ResourceFacts } from "./facts";

type Bag = Readonly<Record<string, unknown>>;

/** What the engine says about a resource that may need a name. */
export interface NamingRequest {
  /** The resource's name in the program. */
  readonly logicalName: string;
  /** Checked inputs of the resource that is there already; undefined for a new one or a replacement. */
  readonly old: Bag | undefined;
  /** The engine's random bytes: the same in a preview and in the update that follows its plan. May be empty. */
  readonly seed: Uint8Array;
  /** The project's own naming rule: a name to take or to prefer, or no automatic names at all. */
  readonly rule?: { readonly kind: "proposed" | "enforced"; readonly name: string } | { readonly kind: "disabled" };
}

/** A name, nothing (the type has none, the program gave one, or naming is off), or why none can be made. */
export type Naming =
  | { readonly kind: "none" }
  | { readonly kind: "named"; readonly property: string; readonly name: string }
  | { readonly kind: "too long"; readonly property: string; readonly reason: string };

/** Which properties of checked inputs were filled in and not given by the program. */
export function namesFilledIn(inputs: Bag): readonly string[] {
  const names = inputs["__defaults"];
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

/** The automatic name: logical name, separator, random hex digits; an existing automatic name is kept. */
export function autoName(facts: ResourceFacts, inputs: Bag, request: NamingRequest): Naming {
  const { autoName: rule } = facts;
  if (rule === undefined) return { kind: "none" };
  const { property, maxLength, separator = "-", randomHexChars = 7, transform } = rule;
  if (inputs[property] !== undefined || inputs[`${property}Prefix`] !== undefined) return { kind: "none" };

  const { old } = request;
  if (old !== undefined && namesFilledIn(old).includes(property)) {
    return { kind: "named", property, name: String(old[property]) };
  }
  if (request.rule?.kind === "disabled") return { kind: "none" };
  if (request.rule !== undefined) return { kind: "named", property, name: request.rule.name };

  const ending = inputs["fifoTopic"] === true ? ".fifo" : "";
  const prefix =
    transform === "lowercase"
      ? `${request.logicalName}${separator}`.toLowerCase()
      : `${request.logicalName}${separator}`;
  if (prefix.length + randomHexChars + ending.length > maxLength) {
    const reason = `name '${prefix}' plus ${randomHexChars} random chars is longer than maximum length ${maxLength}`;
    return { kind: "too long", property, reason };
  }
  return { kind: "named", property, name: `${prefix}${randomHex(request, randomHexChars)}${ending}` };
}

function randomHex({ seed, logicalName }: NamingRequest, length: number): string {
  const bytes =
    seed.length === 0 ? randomBytes(length) : createHash("sha256").update(seed).update(logicalName).digest();
  return bytes.toString("hex").slice(0, length);
}
