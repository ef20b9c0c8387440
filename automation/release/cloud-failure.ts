import { CloudError, type CloudErrorKind } from "../model/cloud-error";
import { exitCodes, SlipwayError } from "../model/errors";

const remedies: Readonly<Record<CloudErrorKind, string>> = {
  transient: "AWS did not answer properly. Try again in a moment.",
  denied: "Check the credentials: they have expired, or lack this right.",
  missing: "Something that the stack names is not there: `slipway drift` says what.",
  refused: "Read what AWS says; `slipway drift` shows what was changed elsewhere.",
};

/** A call to AWS without which a command cannot even begin. */
export const cloudFailure = (error: CloudError): SlipwayError =>
  new SlipwayError(
    {
      code: "aws",
      exitCode: exitCodes.failed,
      message: `${error.operation} failed: ${error.message} (${error.code})`,
      remedy: `Nothing was changed. ${remedies[error.kind]}`,
      data: { operation: error.operation, code: error.code, kind: error.kind },
    },
    { cause: error },
  );

/** @throws SlipwayError `aws` (exit 1) in place of a `CloudError` */
export async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof CloudError ? cloudFailure(error) : error;
  }
}
