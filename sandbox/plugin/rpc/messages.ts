import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
  CheckFailure as FailureMessage,
  CheckRequest as CheckMessage,
  CheckResponse,
  DiffResponse,
  PropertyDiff,
} from "@pulumi/pulumi/proto/provider_pb";
import type { NamingRequest } from "../../facts/auto-name";
import type { CheckFailure } from "../../facts/check-inputs";
import type { ResourceDiff } from "../../facts/diff";
import type { Wire } from "../lifecycle/request";

/** A struct of the protocol as a plain object; an absent one is empty. */
export function wireOf(struct: Struct | undefined): Wire {
  return struct?.toJavaScript() ?? {};
}

/** A plain object as a struct of the protocol. */
export function structOf(wire: Wire): Struct {
  return Struct.fromJavaScript(wire as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** Answer to a check. */
export function checkResponse(inputs: Wire, failures: readonly CheckFailure[]): CheckResponse {
  const messages = failures.map(({ property, reason }) => new FailureMessage().setProperty(property).setReason(reason));
  return new CheckResponse().setInputs(structOf(inputs)).setFailuresList(messages);
}

/** Answer to a diff, every changed place with its kind. */
export function diffResponse({ changed, replaces, deleteBeforeReplace, details }: ResourceDiff): DiffResponse {
  const response = new DiffResponse()
    .setChanges(changed.length > 0 ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE)
    .setDiffsList([...changed])
    .setReplacesList([...replaces])
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const { path, kind, replaces: isReplacing } of details) {
    const property = new PropertyDiff().setKind(kinds[kind][isReplacing ? "replacing" : "plain"]).setInputdiff(true);
    response.getDetaileddiffMap().set(path, property);
  }
  return response;
}

const kinds = {
  add: { plain: PropertyDiff.Kind.ADD, replacing: PropertyDiff.Kind.ADD_REPLACE },
  delete: { plain: PropertyDiff.Kind.DELETE, replacing: PropertyDiff.Kind.DELETE_REPLACE },
  update: { plain: PropertyDiff.Kind.UPDATE, replacing: PropertyDiff.Kind.UPDATE_REPLACE },
} as const;

/** The project's rule for automatic names, where it has one. */
export function namingRule(request: CheckMessage): NamingRequest["rule"] {
  const options = request.getAutonaming();
  if (options === undefined) return undefined;
  const { Mode } = CheckMessage.AutonamingOptions;
  switch (options.getMode()) {
    case Mode.DISABLE:
      return { kind: "disabled" };
    case Mode.ENFORCE:
      return { kind: "enforced", name: options.getProposedName() };
    case Mode.PROPOSE:
      return { kind: "proposed", name: options.getProposedName() };
  }
}
