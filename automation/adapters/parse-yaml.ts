import { LineCounter, parseDocument } from "yaml";
import { exitCodes, SlipwayError } from "../model/errors";

/**
 * A YAML file as plain values.
 *
 * @throws SlipwayError `config-unreadable` (exit 2) with the line of every fault
 */
export function parseYaml({ path, text }: { readonly path: string; readonly text: string }): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  if (document.errors.length === 0) return document.toJS() as unknown;
  const faults = document.errors.map(({ message, pos }) => {
    const { line, col } = lineCounter.linePos(pos[0]);
    return `${path}:${line}:${col}: ${message}`;
  });
  throw new SlipwayError({
    code: "config-unreadable",
    exitCode: exitCodes.usage,
    message: faults.join("\n"),
    remedy: "Correct the YAML at this place.",
    data: { faults },
  });
}
