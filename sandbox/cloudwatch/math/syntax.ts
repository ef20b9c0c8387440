/** A metric math expression, taken apart. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "id"; readonly id: string }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "negative"; readonly of: Expression }
  | { readonly kind: "binary"; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] };

export type Operator = "+" | "-" | "*" | "/" | "^" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "AND" | "OR";

/** From the loosest to the tightest ("Metric math syntax and functions" in the user guide). */
const levels: readonly (readonly Operator[])[] = [
  ["OR"],
  ["AND"],
  ["==", "!="],
  ["<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/"],
  ["^"],
];

const token =
  /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|("[^"]*"|'[^']*')|([A-Za-z]\w*)|(==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],]))/y;

interface Token {
  readonly kind: "number" | "text" | "word" | "sign";
  readonly text: string;
}

/** Deeper nesting than anybody writes: a hostile expression must not use up the stack. */
const deepest = 100;

/** An expression that cannot be read. */
export class SyntaxFault extends Error {}

/** @throws SyntaxFault */
export function parseExpression(text: string): Expression {
  return new Parser(tokensOf(text)).whole();
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; text.slice(at).trim() !== ""; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) throw new SyntaxFault(`Unexpected character at position ${at}.`);
    const [, number, quoted, word, sign = ""] = found;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.slice(1, -1) });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "sign", text: sign === "&&" ? "AND" : sign === "||" ? "OR" : sign });
  }
  return tokens;
}

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const expression = this.level(0);
    if (this.at < this.tokens.length) throw new SyntaxFault(`Unexpected ${this.tokens[this.at]?.text}.`);
    return expression;
  }

  private level(index: number): Expression {
    const operators = levels[index];
    if (!operators) return this.unary();
    let left = this.level(index + 1);
    for (let operator = this.operator(operators); operator; operator = this.operator(operators)) {
      left = { kind: "binary", operator, left, right: this.level(index + 1) };
    }
    return left;
  }

  private operator(among: readonly Operator[]): Operator | undefined {
    const next = this.tokens[this.at];
    const found = next?.kind === "text" ? undefined : among.find((each) => each === next?.text);
    if (found) this.at++;
    return found;
  }

  private unary(): Expression {
    if (++this.depth > deepest) throw new SyntaxFault("The expression is nested too deeply.");
    try {
      if (this.sign("-")) return { kind: "negative", of: this.unary() };
      return this.primary();
    } finally {
      this.depth--;
    }
  }

  private primary(): Expression {
    const next = this.tokens[this.at++];
    if (next?.kind === "number") return { kind: "number", value: Number(next.text) };
    if (next?.kind === "text") return { kind: "text", value: next.text };
    if (next?.kind === "word") {
      if (this.sign("(")) return { kind: "call", name: next.text, args: this.listUntil(")") };
      return { kind: "id", id: next.text };
    }
    if (next?.text === "[") return { kind: "list", items: this.listUntil("]") };
    if (next?.text !== "(") throw new SyntaxFault(next ? `Unexpected ${next.text}.` : "The expression ends too early.");
    const inner = this.level(0);
    this.expect(")");
    return inner;
  }

  private listUntil(end: string): readonly Expression[] {
    if (this.sign(end)) return [];
    const items = [this.level(0)];
    while (this.sign(",")) items.push(this.level(0));
    this.expect(end);
    return items;
  }

  private sign(text: string): boolean {
    const next = this.tokens[this.at];
    if (next?.kind !== "sign" || next.text !== text) return false;
    this.at++;
    return true;
  }

  private expect(text: string): void {
    if (!this.sign(text)) throw new SyntaxFault(`Expected ${text}.`);
  }
}

/** Ids that an expression names, and the functions that it calls. */
export function namesIn(expression: Expression): {
  readonly ids: readonly string[];
  readonly calls: readonly string[];
} {
  const ids: string[] = [];
  const calls: string[] = [];
  const visit = (each: Expression): void => {
    switch (each.kind) {
      case "number":
      case "text":
        return;
      case "id":
        return void ids.push(each.id);
      case "list":
        return each.items.forEach(visit);
      case "negative":
        return visit(each.of);
      case "binary":
        visit(each.left);
        return visit(each.right);
      case "call":
        calls.push(each.name);
        return each.args.forEach(visit);
    }
  };
  visit(expression);
  return { ids, calls };
}
