import { z } from "zod";
import { key, recoveryDays } from "./fields";

/**
 * Secrets that an operator fills. The program makes them with empty fields and never writes to them again.
 */
export const secretsSchema = z
  .record(
    key,
    z.strictObject({
      keys: z.array(z.string().min(1)).default([]).describe("JSON fields; a plain text secret when empty."),
      recoveryDays: recoveryDays.describe(
        "How long a deleted secret can be restored, and its name is taken; 0 or 7 to 30.",
      ),
    }),
  )
  .default({});
