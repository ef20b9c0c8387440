import type { Images } from "../../../infra/releases";
import type { RollbackPoint } from "./rollback-point";

/** A point, and what can be done with it now. */
export interface PointStanding {
  readonly point: RollbackPoint;
  /** Task definitions of it that are there no more; usable when there is none. */
  readonly missing: readonly string[];
  readonly isUsable: boolean;
  /** It is what runs now. */
  readonly isCurrent: boolean;
}

/** How points stand, in their order. */
export function usablePoints(
  points: readonly RollbackPoint[],
  taskDefinitionExists: (arn: string) => boolean,
  live: Readonly<Record<string, Images>>,
): readonly PointStanding[] {
  return points.map((point) => {
    const missing = Object.values(point.services)
      .map(({ taskDefinition }) => taskDefinition)
      .filter((arn) => !taskDefinitionExists(arn));
    return { point, missing, isUsable: missing.length === 0, isCurrent: isLive(point, live) };
  });
}

/** Every service of the point that there still is runs its images; one that came later says nothing. */
function isLive({ services }: RollbackPoint, live: Readonly<Record<string, Images>>): boolean {
  const known = Object.entries(services).filter(([service]) => live[service] !== undefined);
  return known.length > 0 && known.every(([service, { images }]) => same(images, live[service] ?? {}));
}

const same = (one: Images, other: Images): boolean => {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
};

/** Which points are old: by age in days, or all but so many. */
export type Age = { readonly kind: "days"; readonly days: number } | { readonly kind: "count"; readonly count: number };

export interface CleanupFacts {
  /** Newest first. */
  readonly standings: readonly PointStanding[];
  readonly age: Age;
  /** Ids that open watches would go back to. */
  readonly watched: ReadonlySet<string>;
  readonly now: Date;
}

/** Why an old point stays. */
export type Kept = "newest usable" | "runs now" | "watched";

export interface Cleanup {
  readonly remove: readonly RollbackPoint[];
  readonly kept: readonly { readonly point: RollbackPoint; readonly because: Kept }[];
}

const dayMs = 86_400_000;

/** What a cleanup takes away, and which old points stay all the same. */
export function cleanupOf({ standings, age, watched, now }: CleanupFacts): Cleanup {
  const old = standings.filter(({ point }, index) =>
    age.kind === "days" ? now.getTime() - Date.parse(point.at) > age.days * dayMs : index >= age.count,
  );
  // The one that runs now is no way back: the newest besides it must stay as well.
  const wayBack = standings.find(({ isUsable, isCurrent }) => isUsable && !isCurrent);
  const newest = standings.find(({ isUsable }) => isUsable);
  const because = ({ point, isCurrent }: PointStanding): Kept | undefined => {
    if (point === newest?.point || point === wayBack?.point) return "newest usable";
    if (isCurrent) return "runs now";
    return watched.has(point.id) ? "watched" : undefined;
  };
  const judged = old.map((standing) => ({ point: standing.point, because: because(standing) }));
  return {
    remove: judged.flatMap(({ point, because: reason }) => (reason === undefined ? [point] : [])),
    kept: judged.flatMap(({ point, because: reason }) => (reason === undefined ? [] : [{ point, because: reason }])),
  };
}
