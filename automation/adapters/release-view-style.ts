import { withoutControls } from "./release-view-line";

/** What a terminal can show. */
export interface ViewStyle {
  readonly columns: number;
  readonly color: boolean;
  readonly unicode: boolean;
}

/** How a part of a line looks where there are colours. */
export type Tone = "plain" | "faint" | "strong" | "good" | "bad" | "fresh" | "old";

/** A part of a line; a line is cut by what is visible of it, before it is painted. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

export const span = (text: string, tone: Tone = "plain"): Span => ({ text, tone });

/** SGR parameters (ECMA-48). The two versions differ by more than red and green. */
const codes: Readonly<Record<Tone, string>> = {
  plain: "",
  faint: "2",
  strong: "1",
  good: "32",
  bad: "1;31",
  fresh: "36",
  old: "33",
};

/** One line that never wraps: a terminal that wraps by itself cannot be drawn over. */
export function paint(spans: readonly Span[], { columns, color }: ViewStyle): string {
  let room = Math.max(1, columns - 1);
  return spans
    .map(({ text, tone }) => {
      const shown = withoutControls(text).slice(0, room);
      room -= shown.length;
      const code = codes[tone];
      return !color || code === "" || shown === "" ? shown : `\u001b[${code}m${shown}\u001b[0m`;
    })
    .join("")
    .trimEnd();
}

type Env = Readonly<Record<string, string | undefined>>;

/** Nothing can be drawn over on such a terminal (editors' shells, some CI systems). */
export const isDumb = (env: Env): boolean => env["TERM"] === "dumb";

/** No colours with NO_COLOR (https://no-color.org), and no other letters than the locale has. */
export function styleOf(env: Env, columns: number | undefined): ViewStyle {
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((value) => value !== undefined && value !== "");
  return {
    // Without a size it is a terminal of 1978.
    columns: columns ?? 80,
    color: (env["NO_COLOR"] ?? "") === "" && !isDumb(env),
    unicode: /utf-?8/i.test(locale ?? ""),
  };
}
