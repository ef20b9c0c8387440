/** What stands where a secret was. */
const mask = "[secret]";

/** Words that name a value nobody may read, as the last part of a name or followed by one that belongs to it. */
const names =
  "pass(?:word|wd|phrase|code)|(?<![a-z])pass|pwd|secrets?|tokens?|api[_-]?keys?|access[_-]?keys?|private[_-]?keys?|signature|" +
  "credentials?|authorization|cookies?|session[_-]?id";

/** A name and its value, as in shells, JSON (also within a string), YAML, queries and headers. */
const named = new RegExp(
  String.raw`(?<![\w:/.-])(?!secretsmanager:)([\w.-]{0,200}(?:${names})(?:[_-]?(?:id|key|keys|base|value|string|hash|\d+))*)` +
    String.raw`(\\*["']?\s*(?:=>|[=:])\s*)` +
    String.raw`(?:(?:Bearer|Basic|Digest)\s+)?` +
    String.raw`(?:\[secret\]|\\*"(?:[^"\\]|\\.)*\\*"?|'[^']*'?|[^\s,;&"'}\]]+)`,
  "gi",
);

/** Secrets that their own form gives away, wherever they stand. */
const shapes: readonly (readonly [pattern: RegExp, instead: string])[] = [
  // `postgres://user:password@host`: the host is what helps. A password may have an unescaped `@` or `/` in it.
  [/(\b[a-z][a-z\d+.-]{1,30}:\/\/)(?:[^\s/"'<>@:]*:[^\s"'<>]*|[^\s/"'<>]*)@/gi, `$1${mask}@`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${mask}`],
  // AWS' access keys, long-lived and temporary.
  [/\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{12,}\b/g, mask],
  // JSON Web Tokens.
  [/\beyJ[\w-]{6,}(?:\.[\w-]*){1,4}/g, mask],
  // GitHub, GitLab, Slack, npm, Stripe, OpenAI and others that mark theirs.
  [
    /\b(?:gh[pousr]_|github_pat_|glpat-|xox[a-z]-|npm_|sk[-_](?:live[-_]|test[-_]|ant[-_]|proj[-_])?|rk_live_)[\w-]{10,}/g,
    mask,
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, mask],
  // A line of nothing but base64 is part of a key or a certificate whose beginning is not in sight.
  [/^\s*[A-Za-z0-9+/]{40,}={0,2}\s*$/gm, mask],
];

/** A text without the values that look like secrets. It takes too much rather than too little. */
export function redact(text: string): string {
  const shaped = shapes.reduce((known, [pattern, instead]) => known.replace(pattern, instead), text);
  return shaped.replace(named, (_all, name: string, between: string) => `${name}${between}${mask}`);
}
