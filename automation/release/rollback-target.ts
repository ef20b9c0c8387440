import type { Images } from "../../infra/releases";
import { sameImages } from "../model/release/image-reference";
import type { Journal } from "../model/release/journal";
import type { RollbackPoint } from "../model/release/rollback-point";

/** What a service is to run again. */
export interface RollbackTarget {
  readonly service: string;
  readonly images: Images;
  readonly version: string;
  /** Where it comes from: the id of a point, or the name of a task definition. */
  readonly from: string;
}

export type TargetChoice =
  | { readonly kind: "found"; readonly target: RollbackTarget }
  /** The service runs exactly that. */
  | { readonly kind: "same"; readonly version: string }
  | { readonly kind: "no-point"; readonly known: readonly string[] }
  /** The point does not know the service: it is older. */
  | { readonly kind: "not-in-point"; readonly point: string };

export interface TargetFacts {
  readonly service: string;
  /** What it runs now. */
  readonly current: Images;
  /** Newest first. */
  readonly points: readonly RollbackPoint[];
  /** Closed releases of the stack. */
  readonly journals: readonly Journal[];
}

/** A point by its id, or by a beginning that only one has. */
export function namedTarget({ service, current, points }: TargetFacts, id: string): TargetChoice {
  const exact = points.filter((point) => point.id === id);
  const found = exact.length > 0 ? exact : points.filter((point) => point.id.startsWith(id));
  const [point] = found;
  if (point === undefined || found.length > 1) return { kind: "no-point", known: points.map((each) => each.id) };
  const content = point.services[service];
  if (content === undefined) return { kind: "not-in-point", point: point.id };
  if (sameImages(content.images, current)) return { kind: "same", version: content.version };
  return { kind: "found", target: { service, images: content.images, version: content.version, from: point.id } };
}

/**
 * The newest state that worked and is another one than now. A state that somebody or an alarm went back from does not
 * count, unless it was released once more afterwards.
 */
export function previousTarget(facts: TargetFacts): TargetChoice {
  const { service, current, points, journals } = facts;
  const candidates = points.filter(({ services }) => {
    const images = services[service]?.images;
    return images !== undefined && !sameImages(images, current);
  });
  const point = candidates.find(({ at, services }) => !wasLeft(journals, service, services[service]?.images ?? {}, at));
  const content = point?.services[service];
  if (point === undefined || content === undefined) return { kind: "no-point", known: points.map(({ id }) => id) };
  return { kind: "found", target: { service, images: content.images, version: content.version, from: point.id } };
}

/** Whether a rollback has taken a service away from these images since. */
const wasLeft = (journals: readonly Journal[], service: string, images: Images, since: string): boolean =>
  journals.some(
    ({ plan, request, finishedAt, entries }) =>
      request.command === "rollback" &&
      plan.service === service &&
      finishedAt !== undefined &&
      finishedAt > since &&
      sameImages(plan.from.images, images) &&
      entries.some((entry) => entry.kind === "closed" && entry.outcome === "done"),
  );

/** Services of the last release that went well and was no rollback, in their order: what a rollback without a name means. */
export function lastReleased(journals: readonly Journal[]): readonly string[] {
  const done = journals.filter(({ entries }) =>
    entries.some((entry) => entry.kind === "closed" && entry.outcome === "done"),
  );
  const last = done.find(({ request }) => request.command === "release");
  if (last === undefined) return [];
  return done
    .filter(({ release }) => release === last.release)
    .map(({ plan }) => plan.service)
    .sort();
}
