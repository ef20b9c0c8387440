import type { Journal } from "./journal";

/** When the new version had all traffic, in milliseconds since 1970; undefined when it never had. */
export function liveSince({ plan, entries }: Pick<Journal, "plan" | "entries">): number | undefined {
  // Rolling tasks serve as they come up; it is through when all of them do.
  const live = entries.find((entry) =>
    plan.mode === "slots" ? entry.kind === "shifted" && entry.percent === 100 : entry.kind === "verified",
  );
  return live === undefined ? undefined : Date.parse(live.at);
}
