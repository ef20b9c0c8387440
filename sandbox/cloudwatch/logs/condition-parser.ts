import { compare, type Conditions } from "./condition";
import { PatternFault } from "./log-matcher";

const token = /\s*(?:(&&|\|\||[()])|(!=|<=|>=|=|<|>)|"((?:[^"\\]|\\.)*)"|([^\s()=!<>&|"]+))/y;

interface Token {
  readonly kind: "sign" | "operator" | "quoted" | "word";
  readonly text: string;
}

const deepest = 50;

/** `($.a = 1) && $.b != "x*" || $.c NOT EXISTS`: `&&` binds tighter than `||`. @throws PatternFault */
export function parseConditions(text: string): Conditions {
  const tokens: Token[] = [];
  for (let at = 0; text.slice(at).trim() !== ""; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) throw new PatternFault("Invalid character(s) in term.");
    const [, sign, operator, quoted, word = ""] = found;
    if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
    else if (operator !== undefined) tokens.push({ kind: "operator", text: operator });
    else if (quoted !== undefined) tokens.push({ kind: "quoted", text: quoted.replace(/\\(.)/g, "$1") });
    else tokens.push({ kind: "word", text: word });
  }
  return new Parser(tokens).whole();
}

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Conditions {
    const conditions = this.chain("or", "||", () => this.chain("and", "&&", () => this.single()));
    if (this.at < this.tokens.length) throw new PatternFault(`Unexpected ${this.tokens[this.at]?.text}.`);
    return conditions;
  }

  private chain(kind: "and" | "or", sign: string, part: () => Conditions): Conditions {
    const all = [part()];
    while (this.take("sign", sign)) all.push(part());
    const [only] = all;
    return all.length === 1 && only ? only : { kind, all };
  }

  private single(): Conditions {
    if (++this.depth > deepest) throw new PatternFault("The pattern is nested too deeply.");
    try {
      if (!this.take("sign", "(")) return this.field();
      const inner = this.chain("or", "||", () => this.chain("and", "&&", () => this.single()));
      if (!this.take("sign", ")")) throw new PatternFault("A bracket is not closed.");
      return inner;
    } finally {
      this.depth--;
    }
  }

  private field(): Conditions {
    const field = this.next();
    if (field.kind !== "word") throw new PatternFault(`Unexpected ${field.text}.`);
    if (this.take("word", "IS")) {
      const what = (["NULL", "TRUE", "FALSE"] as const).find((each) => this.take("word", each));
      if (!what) throw new PatternFault("IS goes with NULL, TRUE or FALSE.");
      return { kind: "field", field: field.text, condition: { kind: "is", what } };
    }
    if (this.take("word", "NOT")) {
      if (!this.take("word", "EXISTS")) throw new PatternFault("NOT goes with EXISTS.");
      return { kind: "field", field: field.text, condition: { kind: "not-exists" } };
    }
    const operator = this.next();
    const value = this.next();
    if (operator.kind !== "operator" || (value.kind !== "word" && value.kind !== "quoted")) {
      throw new PatternFault(`Unexpected ${operator.text}.`);
    }
    return { kind: "field", field: field.text, condition: compare(operator.text, value.text, value.kind === "quoted") };
  }

  private take(kind: Token["kind"], text: string): boolean {
    const next = this.tokens[this.at];
    if (next?.kind !== kind || next.text !== text) return false;
    this.at++;
    return true;
  }

  private next(): Token {
    const next = this.tokens[this.at++];
    if (!next) throw new PatternFault("The pattern ends too early.");
    return next;
  }
}
