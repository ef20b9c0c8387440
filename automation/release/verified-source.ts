import type { Journal } from "../model/release/journal";
import { parseImage } from "../model/release/image-reference";
import type { ServicePlan, SlotContent } from "../model/release/plan";

/** Whether a version has worked where a stack wants it tried first (`slipway:promotion.verifiedIn`). */
export type Evidence =
  /** The stack names no such place, or nothing new is released. */
  | { readonly kind: "not-asked" }
  | { readonly kind: "verified"; readonly source: string; readonly release: string; readonly at: string }
  /** It has run in this stack already. */
  | { readonly kind: "ran-here"; readonly release: string }
  | { readonly kind: "none"; readonly source: string }
  /** The tag names another image than the one that was verified. */
  | { readonly kind: "moved"; readonly source: string; readonly there: string; readonly here: string }
  /** It was released there, and a later rollback left it. */
  | { readonly kind: "went-back"; readonly source: string; readonly at: string }
  | { readonly kind: "no-way"; readonly source: string; readonly why: string };

/**
 * What the records say of a plan's new version.
 *
 * @param there closed releases of the service in the source, newest first
 * @param here the same of this stack
 */
export function evidenceFor(
  plan: ServicePlan,
  source: string,
  { there, here }: { readonly there: readonly Journal[]; readonly here: readonly Journal[] },
): Evidence {
  const own = succeeded(here).find((journal) => sameContent(plan, journal.plan.to));
  if (own !== undefined) return { kind: "ran-here", release: own.release };
  for (const journal of succeeded(there)) {
    if (journal.request.command === "rollback" && sameContent(plan, journal.plan.from))
      return { kind: "went-back", source, at: endOf(journal) };
    if (sameContent(plan, journal.plan.to))
      return { kind: "verified", source, release: journal.release, at: endOf(journal) };
  }
  const namesake = succeeded(there).find((journal) => journal.plan.to.version === plan.to.version);
  return namesake === undefined
    ? { kind: "none", source }
    : { kind: "moved", source, there: shownOf(plan, namesake.plan.to), here: shownOf(plan, plan.to) };
}

const succeeded = (journals: readonly Journal[]): readonly Journal[] =>
  journals.filter(({ entries }) => entries.some((entry) => entry.kind === "closed" && entry.outcome === "done"));

const endOf = ({ finishedAt, startedAt }: Journal): string => finishedAt ?? startedAt;

/**
 * Environments may have registries of their own, so digests are compared and not repositories; without digests the
 * version has to be the same.
 */
function sameContent({ from, to }: ServicePlan, other: SlotContent): boolean {
  const changed = Object.keys(to.images).filter((name) => to.images[name] !== from.images[name]);
  return (changed.length === 0 ? Object.keys(to.images) : changed).every((name) => {
    const mine = parseImage(to.images[name] ?? "");
    const theirs = parseImage(other.images[name] ?? "");
    return mine.digest !== null && theirs.digest !== null
      ? mine.digest === theirs.digest
      : other.images[name] !== undefined && to.version === other.version;
  });
}

const shownOf = ({ to, from }: ServicePlan, { images }: SlotContent): string =>
  Object.keys(to.images)
    .filter((name) => to.images[name] !== from.images[name])
    .map((name) => images[name] ?? "nothing")
    .join(", ");
