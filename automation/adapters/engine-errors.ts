import { exitCodes, SlipwayError } from "../model/errors";
import type { Telling } from "./engine-error-rule";
import { engineErrorRules } from "./engine-error-rules";
import type { EngineFailure } from "./engine-failure";
import { scrubText } from "./pulumi-secrets";

/** Lines of the engine's own words that are shown when nobody knows what they mean. */
const tailLines = 12;

/**
 * What a failed run of the engine means: the first rule of `engineErrorRules` that knows it, else `engine-failed`.
 * The engine's true exit code is in `data.engineExitCode`.
 */
export function engineError(failure: EngineFailure): SlipwayError {
  for (const { code, exitCode, tell } of engineErrorRules) {
    const told = tell(failure);
    if (told !== undefined) return slipwayError(failure, code, exitCode, told);
  }
  return slipwayError(failure, "engine-failed", exitCodes.failed, {
    message: `The engine failed (exit code ${failure.exitCode}) in ${failure.operation} of ${failure.stack}:\n${tail(failure)}`,
    remedy: `If this cannot be understood, \`pulumi ${failure.operation === "open" ? "stack" : failure.operation} --stack ${failure.stack}\` says more.`,
  });
}

function slipwayError(failure: EngineFailure, code: string, exitCode: number, told: Telling): SlipwayError {
  const clean = (said: string): string => scrubText(said, failure.secrets);
  return new SlipwayError({
    code,
    exitCode,
    message: clean(told.message),
    remedy: told.remedy,
    ...(told.resource === undefined ? {} : { resource: told.resource }),
    data: {
      ...(cleanData(told.data ?? {}, clean) as Readonly<Record<string, unknown>>),
      operation: failure.operation,
      engineExitCode: failure.exitCode,
    },
  });
}

/** No text in the data may show what the message must not show. */
function cleanData(value: unknown, clean: (said: string) => string): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((item) => cleanData(item, clean));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleanData(item, clean)]));
}

function tail({ stdout, stderr }: EngineFailure): string {
  const said = stderr.trim() === "" ? stdout : stderr;
  return said.trim().split("\n").slice(-tailLines).join("\n");
}
