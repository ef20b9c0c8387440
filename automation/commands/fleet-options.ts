import { usageError } from "../model/errors";
import type { Options } from "./command";

/** Commands over a fleet name their component so. */
export const componentOption = {
  component: { type: "string", positional: true, demandOption: true, describe: "Component of `slipway:fleets`" },
} as const satisfies Options;

/**
 * One component and its version: a run changes one only.
 *
 * @throws SlipwayError `usage` (exit 2)
 */
export function componentAndVersion(text: string): { readonly component: string; readonly version: string } {
  const at = text.indexOf("=");
  if (at > 0 && at < text.length - 1) return { component: text.slice(0, at), version: text.slice(at + 1) };
  throw usageError(`\`${text}\` does not say which version.`, "Write for example `agent=v1.0.13`.");
}
