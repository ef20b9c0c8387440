import { isChange, type Change } from "../model/change";
import { textTable } from "../model/text-table";

/** Words for operations, as tables and totals show them. */
const actions: Readonly<Record<Change["op"], string>> = {
  create: "Add",
  update: "Modify",
  replace: "Replace",
  delete: "Remove",
  import: "Import",
  read: "Read",
  refresh: "Refresh",
  same: "Protect",
  discard: "Forget",
  other: "Unknown",
};

/** Changes that a run would make; a resource that is only protected or unprotected counts too. Components are not resources. */
export const pending = (changes: readonly Change[]): readonly Change[] =>
  changes.filter((change) => change.custom && (isChange(change) || change.wasProtected !== change.isProtected));

/** `Action | Resource | Type`, one line for each change. */
export const changeTable = (changes: readonly Change[]): string =>
  textTable(
    ["Action", "Resource", "Type"],
    changes.map(({ op, name, type }) => [actions[op], name, type]),
  );

/** Totals such as `3 to add, 1 to replace`. */
export function totals(changes: readonly Change[]): string {
  const counts = new Map<string, number>();
  for (const { op } of changes) counts.set(actions[op], (counts.get(actions[op]) ?? 0) + 1);
  return counts.size === 0
    ? "nothing to change"
    : [...counts].map(([action, count]) => `${count} to ${action.toLowerCase()}`).join(", ");
}

/** What machines are told about a change. */
export const changeData = ({ urn, name, type, op, diffs, replaceKeys }: Change): Readonly<Record<string, unknown>> => ({
  urn,
  name,
  type,
  op,
  diffs,
  replaceKeys,
});
