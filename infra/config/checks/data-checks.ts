import { ownDatabase } from "../database";
import type { Path } from "../fault";
import { nearest } from "../nearest";
import type { StackConfig } from "../schema";
import { containersOf, fault, type CrossCheck } from "./cross-check";

/** A name in a secret reference that means the database's own secret. */
const databaseSecret = "database";

/** Rules about the database and secrets. */
export const dataChecks: readonly CrossCheck[] = [
  {
    id: "storage-can-grow",
    why: "The size up to which storage grows lies above the size it begins with.",
    faults: (config) => {
      const database = ownDatabase(config.database);
      return database?.maxStorageGb === undefined || database.maxStorageGb > database.storageGb
        ? []
        : [
            fault(
              ["database", "maxStorageGb"],
              `number ${database.maxStorageGb}`,
              `more than \`storageGb\`, which is ${database.storageGb}`,
              "Raise it, or leave it out to keep the size fixed.",
            ),
          ];
    },
  },
  {
    id: "recovery-window",
    why: "Secrets Manager deletes at once (0) or keeps a deleted secret for 7 to 30 days.",
    faults: (config) =>
      recoveryWindows(config)
        .filter(({ days }) => days > 0 && days < 7)
        .map(({ path, days }) =>
          fault(path, `number ${days}`, "0, or a whole number from 7 to 30", "Write 7 or more, or 0 for no recovery."),
        ),
  },
  {
    id: "database-secret-name",
    why: "References to `database` mean the secret of the database.",
    faults: ({ secrets }) =>
      databaseSecret in secrets
        ? [
            fault(
              ["secrets", databaseSecret],
              "a secret called `database`",
              "any other name",
              "Rename it; the database has a secret of its own.",
            ),
          ]
        : [],
  },
  {
    id: "database-secret-exists",
    why: "There is no secret of the database without a database.",
    faults: (config) =>
      config.database !== undefined
        ? []
        : references(config)
            .filter(({ secret }) => secret === databaseSecret)
            .map(({ path }) =>
              fault(
                path,
                "the secret `database`, without `slipway:database`",
                known(config),
                "Add `slipway:database`, or refer to another secret.",
              ),
            ),
  },
  {
    id: "secret-exists",
    why: "A task whose secret is not there cannot start.",
    faults: (config) =>
      references(config)
        .filter(({ secret }) => secret !== databaseSecret && !secret.startsWith("arn:") && !(secret in config.secrets))
        .map(({ path, secret }) => {
          const meant = nearest(secret, [databaseSecret, ...Object.keys(config.secrets)]);
          // Somebody may have written the secret itself where its name belongs, so only a near miss is shown.
          return fault(
            path,
            meant === undefined ? "a name that is no secret (not shown)" : `the unknown secret \`${secret}\``,
            known(config),
            meant === undefined ? "Add it to `slipway:secrets`, or refer to another." : `Did you mean \`${meant}\`?`,
          );
        }),
  },
  {
    id: "secret-has-key",
    why: "ECS stops a task that asks for a field which its secret does not have.",
    faults: (config) =>
      references(config).flatMap(({ path, secret, key }) => {
        const keys = config.secrets[secret]?.keys ?? [];
        if (key === undefined || keys.length === 0 || keys.includes(key)) return [];
        const meant = nearest(key, keys);
        return [
          fault(
            [...path.slice(0, -1), "key"],
            `a field that \`${secret}\` does not have`,
            `one of ${keys.join(", ")}`,
            meant === undefined ? `Add it to \`keys\` of \`${secret}\`.` : `Did you mean \`${meant}\`?`,
          ),
        ];
      }),
  },
];

const recoveryWindows = ({
  database,
  secrets,
}: StackConfig): readonly { readonly path: Path; readonly days: number }[] => [
  ...[ownDatabase(database)].flatMap((own) =>
    own === undefined ? [] : [{ path: ["database", "secretRecoveryDays"], days: own.secretRecoveryDays }],
  ),
  ...Object.entries(secrets).map(([name, { recoveryDays }]) => ({
    path: ["secrets", name, "recoveryDays"],
    days: recoveryDays,
  })),
];

const references = (
  config: StackConfig,
): readonly { readonly path: readonly PropertyKey[]; readonly secret: string; readonly key: string | undefined }[] =>
  containersOf(config).flatMap(({ path, container }) =>
    Object.entries(container.secrets).flatMap(([variable, reference]) =>
      "secret" in reference
        ? [{ path: [...path, "secrets", variable, "secret"], secret: reference.secret, key: reference.key }]
        : [],
    ),
  );

function known({ database, secrets }: StackConfig): string {
  const names = [...(database === undefined ? [] : [databaseSecret]), ...Object.keys(secrets)];
  return names.length === 0 ? "the ARN of a secret" : `one of ${names.join(", ")}, or the ARN of a secret`;
}
