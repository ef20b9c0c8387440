import type { Change } from "../../automation/model/change";

/** A change with nothing special about it, except what the test names. */
export function aChange(special: Partial<Change> & Pick<Change, "type" | "op">): Change {
  const name = special.name ?? "thing";
  return {
    urn: `urn:pulumi:staging::slipway::slipway:services:Cluster$${special.type}::${name}`,
    name,
    custom: true,
    diffs: special.op === "update" || special.op === "replace" ? ["something"] : [],
    replaceKeys: special.op === "replace" ? ["something"] : [],
    wasProtected: false,
    isProtected: false,
    oldInputs: special.op === "create" ? null : {},
    newInputs: special.op === "delete" ? null : {},
    ...special,
  };
}
