import { exitCodes } from "../model/errors";
import { whenSaid, type EngineErrorRule, type Telling } from "./engine-error-rule";
import { lastLine, tellingDiagnostics, type EngineFailure } from "./engine-failure";
import { nameOfUrn } from "./pulumi-targets";
import { resourceRemedy } from "./resource-remedies";

/** What went wrong in the work itself: plugin, network, configuration, program, one resource. */
export const workErrors: readonly EngineErrorRule[] = [
  {
    code: "plugin-missing",
    exitCode: exitCodes.failed,
    reason: "The engine cannot get a provider plugin; the environment is not at fault.",
    tell: whenSaid(
      /no resource plugin '(?:pulumi-resource-)?([\w-]+)|could not find latest version for provider ([\w-]+)|(?:download|install|load)\w* (?:resource )?plugin:? (?:resource )?([\w-]+)/,
      ([, a, b, c]) => ({
        message: `The provider plugin ${a ?? b ?? c} is not installed and cannot be downloaded.`,
        remedy: `\`pulumi plugin install resource ${a ?? b ?? c}\` on a machine with a network, or \`--sandbox\`, which brings its own.`,
      }),
    ),
  },
  {
    code: "endpoint-unreachable",
    exitCode: exitCodes.failed,
    reason: "AWS could not be reached in the middle of a run.",
    tell: whenSaid(
      /ECONNREFUSED|connection refused|ENOTFOUND|no such host|ETIMEDOUT|ECONNRESET|socket hang up/,
      (_match, failure) => {
        const [said] = tellingDiagnostics(failure).filter(({ message }) =>
          /ECONN|connection refused|ENOTFOUND|no such host|ETIMEDOUT|socket hang up/.test(message),
        );
        return {
          message: `AWS cannot be reached: ${(said?.message ?? lastLine(failure.stderr)).trim()}`,
          remedy: `Check the network, and AWS_ENDPOINT_URL when it is set; then run it again: ${failure.stack} goes on where it stopped.`,
          ...(said?.urn === undefined ? {} : { resource: said.urn }),
        };
      },
    ),
  },
  {
    code: "config-invalid",
    exitCode: exitCodes.usage,
    reason: "The stack file is wrong; all its faults are told as the program told them.",
    tell: tellConfigFaults,
  },
  {
    code: "program-failed",
    exitCode: exitCodes.failed,
    reason: "A fault of the program itself; its stack trace is what helps.",
    tell: (failure) => {
      const bug = tellingDiagnostics(failure).find(({ message }) => message.startsWith("Unhandled exception:"));
      return bug === undefined
        ? undefined
        : {
            message: `The program failed. ${bug.message.trim()}`,
            remedy: "This is a fault in the program, not in the configuration: please report it with the text above.",
          };
    },
  },
  {
    code: "resource-failed",
    exitCode: exitCodes.failed,
    reason: "The provider refused one resource; what was done before it is in the state.",
    tell: (failure) => {
      const found = tellingDiagnostics(failure).flatMap(({ urn = "", message }) =>
        urn === "" ? [] : [{ urn, message }],
      );
      const [first] = found;
      if (first === undefined) return undefined;
      const others = found.length - 1;
      return {
        message: `${nameOfUrn(first.urn)} failed: ${first.message.trim()}${
          others === 0
            ? ""
            : `\n(${others} more: ${found
                .slice(1)
                .map(({ urn }) => nameOfUrn(urn))
                .join(", ")})`
        }`,
        remedy:
          resourceRemedy(found) ??
          `Mend the cause and run it again: ${failure.stack} keeps what was made and goes on from there.`,
        resource: first.urn,
        data: { failures: found.map(({ urn, message }) => ({ urn, message: message.trim() })) },
      };
    },
  },
];

/** A `RunError` of the program has no resource and no "Unhandled exception"; a broken file is told on stderr. */
function tellConfigFaults(failure: EngineFailure): Telling | undefined {
  const remedy = `Mend Pulumi.${failure.stack}.yaml; \`slipway config validate ${failure.stack}\` tells all faults at once.`;
  const broken =
    /invalid YAML file: .*|(?:could not|unable to) (?:unmarshal|parse) .*(?:config|Pulumi\.).*|validating stack config.*/.exec(
      failure.stderr,
    );
  if (broken !== null) return { message: `Pulumi.${failure.stack}.yaml cannot be read: ${broken[0]}`, remedy };
  // Where a resource has failed, the program was well enough to get there.
  if (failure.failed.length > 0) return undefined;
  const own = tellingDiagnostics(failure).filter(
    ({ urn }) => urn === undefined || urn === "" || urn.includes("::pulumi:pulumi:Stack::"),
  );
  const isBug = own.some(({ message }) => message.startsWith("Unhandled exception:"));
  return own.length === 0 || isBug
    ? undefined
    : { message: own.map(({ message }) => message.trimEnd()).join("\n"), remedy };
}
