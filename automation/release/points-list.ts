import type { Context } from "../context";
import { SlipwayError, usageError } from "../model/errors";
import { usablePoints, type PointStanding } from "../model/release/usable-points";
import type { RollbackPoint } from "../model/release/rollback-point";
import type { Report } from "../model/report";
import { textTable } from "../model/text-table";
import { readStackFacts } from "./stack-facts";

export interface PointsListOptions {
  /** How many, from the newest. @default 20 */
  readonly limit?: number | undefined;
  /** Instead of points: the newest task definitions whose family begins with this. */
  readonly family?: string | undefined;
}

export type PointsContext = Pick<Context, "stack" | "config" | "engine" | "points" | "containers">;

/** States of a stack that worked, newest first, and whether they can be gone back to. */
export async function pointsList(context: PointsContext, { limit = 20, family }: PointsListOptions): Promise<Report> {
  if (!Number.isInteger(limit) || limit < 1) throw usageError(`--limit is ${limit}: it must be a whole number from 1.`);
  if (family !== undefined) return taskDefinitions(context, family, limit);
  const { stack, points } = context;
  const standings = await pointStandings(context, (await points.list()).slice(0, limit));
  return {
    summary:
      standings.length === 0
        ? `${stack} has no rollback points yet: every release that succeeds makes one.`
        : textTable(["Point", "When", "Released", "Versions", "Usable"], standings.map(row)),
    data: {
      stack,
      points: standings.map(({ point, missing, isUsable, isCurrent }) => ({
        ...point,
        usable: isUsable,
        current: isCurrent,
        missing,
      })),
    },
  };
}

/** Asks AWS about the task definitions of points, and the stack about what is live. */
export async function pointStandings(
  context: PointsContext,
  points: readonly RollbackPoint[],
): Promise<readonly PointStanding[]> {
  if (points.length === 0) return [];
  const names = [
    ...new Set(points.flatMap(({ services }) => Object.values(services).map((each) => each.taskDefinition))),
  ];
  const found = new Set<string>();
  // A point names few; those of many points are mostly the same.
  for (const name of names) if ((await context.containers.taskDefinition(name))?.status === "ACTIVE") found.add(name);
  return usablePoints(points, (name) => found.has(name), await liveImages(context));
}

/** Nothing when the stack is not deployed: then no point is what runs. */
async function liveImages(context: PointsContext): Promise<Parameters<typeof usablePoints>[2]> {
  try {
    const { releases } = await readStackFacts(context);
    return Object.fromEntries(
      Object.entries(releases).map(([service, { live, slots }]) => [service, slots[live]?.images ?? {}]),
    );
  } catch (error) {
    if (error instanceof SlipwayError && error.code === "not-deployed") return {};
    throw error;
  }
}

const row = ({ point, isUsable, isCurrent, missing }: PointStanding): readonly string[] => [
  point.id,
  point.at.replace(/\.\d+Z$/, "Z"),
  point.release === null ? "found running" : point.released.join(", "),
  Object.entries(point.services)
    .map(([service, { version }]) => `${service} ${version}`)
    .join(", "),
  `${isUsable ? "yes" : `no: ${missing.length} task ${missing.length === 1 ? "definition is" : "definitions are"} gone`}${isCurrent ? ", runs now" : ""}`,
];

async function taskDefinitions({ containers, stack }: PointsContext, family: string, limit: number): Promise<Report> {
  const arns = await containers.taskDefinitions(family, limit);
  return {
    summary:
      arns.length === 0
        ? `No task definition's family begins with ${family}.`
        : arns.map((arn) => arn.slice(arn.lastIndexOf("/") + 1)).join("\n"),
    data: { stack, family, taskDefinitions: arns },
  };
}
