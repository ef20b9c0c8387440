import { z } from "zod";

/** Which versions an environment takes; nothing is built from it. */
export const promotionSchema = z
  .strictObject({
    verifiedIn: z
      .string()
      .regex(/^[\w.-]{1,100}$/, "a stack name")
      .optional()
      .describe(
        "Stack of the same project where a version must have been released with success before it is released here. What already ran here may always come back.",
      ),
  })
  .prefault({})
  .describe("What must have happened to a version before it comes here; see docs/releases.md.");
