import { jsonPattern } from "./json-pattern";
import { type LogMatcher, PatternFault } from "./log-matcher";
import { spacePattern } from "./space-pattern";
import { termPattern } from "./term-pattern";

/** A filter pattern of CloudWatch Logs, ready to use. @throws PatternFault */
export function parsePattern(pattern: string): LogMatcher {
  const bare = pattern.trim();
  if (bare.startsWith("{")) {
    if (!bare.endsWith("}")) throw new PatternFault("The pattern is not closed.");
    return jsonPattern(bare);
  }
  if (bare.startsWith("[")) {
    if (!bare.endsWith("]")) throw new PatternFault("The pattern is not closed.");
    return spacePattern(bare);
  }
  return termPattern(pattern);
}
