import { z } from "zod";

/** Where the driver keeps lock and history; nothing is built from it. */
export const recordsSchema = z
  .strictObject({
    store: z
      .string()
      .regex(
        /^(?:s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:[/?].*)?|file:\/\/.+)$/,
        "s3://<bucket>/<prefix> or file://<folder>",
      )
      .optional()
      .describe(
        "Where they are. Without it beside the state, or in the project's folder when the state is in neither S3 nor a folder.",
      ),
  })
  .prefault({})
  .describe("Lock and history of the environment; see docs/lock-and-history.md.");
