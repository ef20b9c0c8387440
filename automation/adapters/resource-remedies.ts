import { nameOfUrn } from "./pulumi-targets";

/** One resource that failed, and what the provider said about it. */
export interface FailedResource {
  readonly urn: string;
  readonly message: string;
}

interface ResourceRemedy {
  /** The provider's words. */
  readonly said: RegExp;
  /** Why running it again does not help. */
  readonly reason: string;
  /** For all the resources of one run about which it was said. */
  readonly remedy: (failed: readonly FailedResource[]) => string;
}

/** What helps where running it again does not. */
const resourceRemedies: readonly ResourceRemedy[] = [
  {
    said: /secret with this name is already scheduled for deletion/,
    reason:
      "A deleted secret keeps its name for days, and only the operator knows whether what it holds is still wanted.",
    remedy: (failed) =>
      [
        "A deleted secret keeps its name until its recovery window ends. " +
          "`aws secretsmanager list-secrets --include-planned-deletion` lists such names. To have it back:",
        ...failed.map((one) => `  aws secretsmanager restore-secret --secret-id ${secretOf(one)}`),
        "and import it into the stack (docs/how-it-works.md, Secrets). Or let it go for good:",
        ...failed.map(
          (one) => `  aws secretsmanager delete-secret --force-delete-without-recovery --secret-id ${secretOf(one)}`,
        ),
        "Then run it again.",
      ].join("\n"),
  },
];

/** What helps against the first kind of failure that the table knows; undefined when it knows none. */
export function resourceRemedy(failed: readonly FailedResource[]): string | undefined {
  for (const { said, remedy } of resourceRemedies) {
    const meant = failed.filter(({ message }) => said.test(message));
    if (meant.length > 0) return remedy(meant);
  }
  return undefined;
}

/** The provider names the secret in brackets; without them only the program's own name is known. */
const secretOf = ({ urn, message }: FailedResource): string =>
  /Secret \(([^)\s]+)\)/.exec(message)?.[1] ?? `<name of ${nameOfUrn(urn)}>`;
