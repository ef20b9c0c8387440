import type { StateResource } from "../ports/engine";

/** Something that does not come back by deploying again. */
export interface Loss {
  readonly urn: string;
  readonly name: string;
  readonly what: string;
  /** What remains of it, and for how long. */
  readonly remains: string;
}

interface LossRow {
  readonly type: string;
  readonly what: string;
  readonly why: string;
  readonly remains: (inputs: Readonly<Record<string, unknown>>) => string;
}

/** Types that hold what nobody can declare again. */
export const lossRows: readonly LossRow[] = [
  {
    type: "aws:rds/instance:Instance",
    what: "database",
    why: "Its data exists nowhere else.",
    remains: ({ skipFinalSnapshot, finalSnapshotIdentifier }) => {
      if (skipFinalSnapshot === true) return "nothing: no final snapshot is taken";
      return typeof finalSnapshotIdentifier === "string"
        ? `final snapshot ${finalSnapshotIdentifier}`
        : "a final snapshot";
    },
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    what: "secret",
    why: "Operators filled it by hand.",
    // Secrets Manager's own default is 30 days.
    remains: ({ recoveryWindowInDays = 30 }) =>
      recoveryWindowInDays === 0
        ? "nothing: it is deleted at once"
        : `can be restored for ${String(recoveryWindowInDays)} days; its name is taken as long`,
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    what: "logs",
    why: "What has happened cannot be logged again.",
    remains: ({ skipDestroy }) => (skipDestroy === true ? "all of it: the group is kept" : "nothing"),
  },
  {
    type: "aws:ecr/repository:Repository",
    what: "images",
    why: "A rollback needs the old ones.",
    remains: ({ forceDelete }) =>
      forceDelete === true ? "nothing" : "all of it, and destroy fails unless the repository is empty",
  },
  {
    type: "aws:s3/bucket:Bucket",
    what: "files",
    why: "Uploads and access logs exist nowhere else.",
    remains: ({ forceDestroy }) =>
      forceDestroy === true ? "nothing" : "all of it, and destroy fails unless the bucket is empty",
  },
];

/** What a destroy takes away for good, in the order of the table. */
export function losses(resources: readonly StateResource[]): readonly Loss[] {
  return lossRows.flatMap(({ type, what, remains }) =>
    resources
      .filter((resource) => resource.type === type)
      .map(({ urn, name, inputs }) => ({ urn, name, what, remains: remains(inputs) })),
  );
}
