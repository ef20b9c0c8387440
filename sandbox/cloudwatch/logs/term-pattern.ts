import type { LogMatcher } from "./log-matcher";

/**
 * `ERROR timeout`, `?A ?B`, `ERROR -expected`, `"two words"`: terms in a line without structure ("Filter and pattern
 * syntax" in the user guide). Case counts. With `?` terms any of them is enough, and other terms are then not looked at.
 */
export function termPattern(pattern: string): LogMatcher {
  const terms = [...pattern.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign, quoted, bare]) => ({
    sign: sign ?? "",
    // A quoted blank stands for every line.
    text: quoted?.replace(/\\(.)/g, "$1").trim() ?? bare ?? "",
  }));
  const of = (sign: string): readonly string[] => terms.filter((term) => term.sign === sign).map(({ text }) => text);
  const [all, any, none] = [of(""), of("?"), of("-")];
  return (message) => {
    if (none.some((term) => message.includes(term))) return undefined;
    const is =
      any.length > 0 ? any.some((term) => message.includes(term)) : all.every((term) => message.includes(term));
    return is ? () => undefined : undefined;
  };
}
