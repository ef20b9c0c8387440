import { SlipwayError } from "../model/errors";

/** The engine only knows that it was stopped; why is what the operator needs first. */
export function withLoss(thrown: unknown, lost: AbortSignal): unknown {
  const reason: unknown = lost.reason;
  if (!lost.aborted || !(reason instanceof SlipwayError) || thrown === reason) return thrown;
  const told = thrown instanceof Error ? thrown.message : String(thrown);
  return new SlipwayError(
    {
      code: reason.code,
      exitCode: reason.exitCode,
      message: `${reason.message}\n\n${told}`,
      remedy: reason.remedy,
      data: thrown instanceof SlipwayError ? thrown.data : {},
    },
    { cause: thrown },
  );
}
