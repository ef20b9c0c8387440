import { z } from "zod";
import { accountId } from "./fields";

/** Where the environment may be deployed. Every command that changes something compares it with the caller. */
export const accountSchema = z.strictObject({
  id: accountId.describe("The only AWS account this environment may be deployed to."),
  profile: z
    .string()
    .min(1)
    .optional()
    .describe("Credentials profile to use when no credentials are given by the environment."),
  forbidden: z
    .array(accountId)
    .default([])
    .describe("Accounts that are refused by name, so that the message can say so."),
});
