/** Whether a text fits a pattern. Made once per rule, asked for every request. */
export type Fits = (text: string) => boolean;

export interface WildcardOptions {
  /** Texts are compared in lower case. @default false */
  readonly ignoresCase?: boolean;
  /** A backslash takes its meaning from the character after it. @default false */
  readonly canEscape?: boolean;
}

/** A character of a pattern: a text stands for itself. */
type Token = string | typeof anyText | typeof anyCharacter;
const anyText = Symbol("*");
const anyCharacter = Symbol("?");

/** `*` is any text, none included, and `?` exactly one character (ALB user guide, "Listener rules"). */
export function wildcard(pattern: string, options: WildcardOptions = {}): Fits {
  const tokens = tokensOf(options.ignoresCase ? pattern.toLowerCase() : pattern, options.canEscape ?? false);
  const fits = matcher(tokens);
  return options.ignoresCase ? (text) => fits(text.toLowerCase()) : fits;
}

function tokensOf(pattern: string, canEscape: boolean): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (canEscape && character === "\\" && at + 1 < pattern.length) tokens.push(pattern.charAt(++at));
    else if (character === "*") tokens.push(anyText);
    else if (character === "?") tokens.push(anyCharacter);
    else tokens.push(character);
  }
  return tokens;
}

function matcher(tokens: readonly Token[]): Fits {
  const isText = (token: Token): token is string => typeof token === "string";
  if (tokens.every(isText)) {
    const whole = tokens.join("");
    return (text) => text === whole;
  }
  const head = tokens.slice(0, -1);
  if (tokens.at(-1) === anyText && head.every(isText)) {
    const start = head.join("");
    return (text) => text.startsWith(start);
  }
  return (text) => walks(tokens, text);
}

/** In time of pattern times text at worst, whatever the pattern: a rule must not be able to stop the process. */
function walks(tokens: readonly Token[], text: string): boolean {
  let at = 0;
  let token = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const wanted = tokens[token];
    if (wanted === anyText) {
      star = token++;
      resume = at;
    } else if (wanted === anyCharacter || wanted === text[at]) {
      token++;
      at++;
    } else if (star >= 0) {
      token = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (tokens[token] === anyText) token++;
  return token === tokens.length;
}
