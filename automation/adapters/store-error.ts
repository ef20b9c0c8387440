import { exitCodes, SlipwayError } from "../model/errors";

/** Lock and history cannot be read or written. Without the lock nothing is changed. */
export const storeError = (place: string, error: unknown, remedy: string): SlipwayError =>
  new SlipwayError(
    {
      code: "records-unreachable",
      exitCode: exitCodes.failed,
      message: `Lock and history in ${place} cannot be used: ${said(error)}`,
      remedy,
    },
    { cause: error },
  );

function said(error: unknown): string {
  const { name, message, code } = error as {
    readonly name?: string;
    readonly message?: string;
    readonly code?: string;
  };
  const text = message === undefined || message === "" ? String(code ?? name) : message;
  return name === undefined || name === "Error" || text.includes(name) ? text : `${name}: ${text}`;
}
