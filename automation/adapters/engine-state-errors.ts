import { exitCodes } from "../model/errors";
import { whenSaid, type EngineErrorRule } from "./engine-error-rule";
import { lastLine } from "./engine-failure";

/** What has to do with the stack and its state, not with what was to be built. */
export const stateErrors: readonly EngineErrorRule[] = [
  {
    code: "interrupted",
    exitCode: exitCodes.failed,
    reason: "The run was stopped on request; nothing is wrong with the environment's description.",
    tell: (failure) =>
      failure.isInterrupted
        ? {
            message: `The ${failure.operation} of ${failure.stack} was interrupted.`,
            remedy: `Run it again: it goes on where this one stopped. Look first with \`slipway preview ${failure.stack}\`.`,
          }
        : undefined,
  },
  {
    code: "stack-locked",
    exitCode: exitCodes.locked,
    reason: "Another run is changing the stack; waiting may help, and scripts wait for this code.",
    tell: whenSaid(/the stack is currently locked by|\[409\] Conflict: Another update/, (_match, failure) => {
      const owner = /created by (\S+) \(pid (\d+)\) at (\S+)/.exec(failure.stderr);
      const [, by, pid, since] = owner ?? [];
      return {
        message:
          owner === null
            ? `${failure.stack} is locked by another run.`
            : `${failure.stack} is locked by ${by} (process ${pid}) since ${since}.`,
        remedy: `Wait for that run. If it is dead: \`slipway cancel ${failure.stack}\`.`,
        data: owner === null ? {} : { lock: { by, pid: Number(pid), since } },
      };
    }),
  },
  {
    code: "stack-not-found",
    exitCode: exitCodes.usage,
    reason: "Who encrypts a stack's secrets is decided when it is made, so it is never made by the way.",
    tell: whenSaid(/no stack named '([^']*)' found/, (_match, { stack }) => ({
      message: `The state of ${stack} does not exist in this backend.`,
      remedy: `Make it once: \`pulumi stack init ${stack}\` (with --secrets-provider for a key of your own). Or check PULUMI_BACKEND_URL.`,
    })),
  },
  {
    code: "passphrase-missing",
    exitCode: exitCodes.usage,
    reason: "Nothing can be read of the stack's secrets without it.",
    tell: whenSaid(/passphrase must be set with PULUMI_CONFIG_PASSPHRASE/, (_match, { stack }) => ({
      message: `The secrets of ${stack} are encrypted with a passphrase, and none is given.`,
      remedy: "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
    })),
  },
  {
    code: "passphrase-wrong",
    exitCode: exitCodes.usage,
    reason: "A passphrase of another stack is the usual cause, so it is told apart from a missing one.",
    tell: whenSaid(/incorrect passphrase/, (_match, { stack }) => ({
      message: `The passphrase does not open the secrets of ${stack}.`,
      remedy: "Check PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE: each stack has its own.",
    })),
  },
  {
    code: "disk-full",
    exitCode: exitCodes.failed,
    reason: "The state could not be written: what was made may be missing in it.",
    tell: whenSaid(/no space left on device|ENOSPC|disk quota exceeded/i, (_match, { stack }) => ({
      message: `The disk is full: the state of ${stack} could not be written.`,
      remedy: `Make room, then \`slipway refresh ${stack}\` and \`slipway preview ${stack}\`, before anything else.`,
    })),
  },
  {
    code: "backend-unreachable",
    exitCode: exitCodes.failed,
    reason: "The state cannot be read, so nothing was begun.",
    tell: (failure) =>
      failure.diagnostics.length === 0 &&
      /unable to open state directory|\.pulumi\/meta\.yaml|unable to (?:read|list|check|open)|could not (?:read|load|list)|NoSuchBucket|AccessDenied|connection refused|no such host|PULUMI_ACCESS_TOKEN|bucket/i.test(
        failure.stderr,
      )
        ? {
            message: `The state of ${failure.stack} cannot be reached: ${lastLine(failure.stderr)}`,
            remedy: "Check PULUMI_BACKEND_URL, the network and the credentials for it. Nothing was changed.",
          }
        : undefined,
  },
];
