import { z } from "zod";
import { slots } from "../releases";

/** A name without a dot at its end; AWS compares names without case. */
const hostName = z
  .string()
  // DNS takes 253 characters, and `green.` goes in front.
  .max(247)
  .regex(
    /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "a host name in lower case, such as www.shop.example",
  );

/** Blue-green by environment: the name that this environment shares with the one of the other colour. */
export const dnsSchema = z
  .strictObject({
    zoneId: z
      .string()
      .regex(/^Z[0-9A-Z]{1,31}$/, "a hosted zone id such as Z0123456789ABCDEFGHIJ")
      .describe("Hosted zone in Route 53 that the name is in; it must exist."),
    name: hostName.describe(
      "Name that clients use. `<colour>.<name>` is this environment's own one, whoever is active.",
    ),
    colour: z.enum(slots).describe("Which of the two this environment is; it never changes."),
    peer: z
      .string()
      .regex(/^[\w.-]{1,100}$/, "a stack name")
      .describe("Stack of the other colour, in the same project."),
    first: z
      .enum(slots)
      .default("blue")
      .describe(
        "Colour whose record gets all the traffic when it is made; later the traffic belongs to `slipway switch`. To make a colour again, write here which one is active.",
      ),
    evaluateTargetHealth: z
      .boolean()
      .default(true)
      .describe("Route 53 answers with the other colour when no target of this one is healthy."),
    separateDatabases: z
      .boolean()
      .default(false)
      .describe("The two colours may have different databases; `slipway switch` refuses that otherwise."),
  })
  .describe("Blue-green by environment: one name for two environments; see docs/switch.md.");
