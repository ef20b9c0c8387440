/** Key under which the client tells which operation failed. */
export const operationKey: unique symbol = Symbol("operation");

/** `<operation>: <Code>: <message>` for an error of AWS or of the way to it; the plain message for any other. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const {
    [operationKey]: operation,
    Code,
    code,
  } = error as Error & {
    readonly [operationKey]?: string;
    readonly Code?: unknown;
    readonly code?: unknown;
  };
  if (operation === undefined) return error.message;
  const known = [Code, error.name === "Error" || error.name === "AggregateError" ? code : error.name].find(
    (item) => typeof item === "string",
  );
  return [operation, known, error.message].filter((part) => part !== undefined && part !== "").join(": ");
}
