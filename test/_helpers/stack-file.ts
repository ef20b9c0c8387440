import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** A password that keeps the policy; the checked-in stack files want one to be supplied. */
export const examplePassword = "Correct-Horse-15";

/** Configuration of a checked-in stack file as the engine hands it to a program: structured values as JSON text. */
export function stackFileConfig(stack: "staging" | "production"): Record<string, string> {
  const file = join(__dirname, "..", "..", `Pulumi.${stack}.yaml`);
  const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
  const entries = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { ...Object.fromEntries(entries), "slipway:databasePassword": examplePassword } as Record<string, string>;
}
