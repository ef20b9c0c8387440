import type { AlarmState } from "../../model/metrics";

/** The rule of a composite alarm, taken apart. */
export type Rule =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "state"; readonly state: AlarmState; readonly alarm: string }
  | { readonly kind: "not"; readonly of: Rule }
  | { readonly kind: "and" | "or"; readonly all: readonly Rule[] }
  | {
      readonly kind: "at-least";
      readonly count: number;
      /** The count is a share of the alarms, in percent. */
      readonly isPercent: boolean;
      readonly state: AlarmState;
      readonly isNegated: boolean;
      readonly alarms: readonly string[];
    };

/** A rule that cannot be read. */
export class RuleFault extends Error {}

const states: readonly AlarmState[] = ["OK", "ALARM", "INSUFFICIENT_DATA"];
const deepest = 100;

const token = /\s*(?:"((?:[^"\\]|\\.)*)"|([(),])|([^\s(),"]+))/y;

interface Token {
  readonly kind: "quoted" | "sign" | "word";
  readonly text: string;
}

/** @throws RuleFault */
export function parseRule(text: string): Rule {
  const tokens: Token[] = [];
  for (let at = 0; text.slice(at).trim() !== ""; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) throw new RuleFault(`Unexpected character at position ${at}.`);
    const [, quoted, sign, word = ""] = found;
    if (quoted !== undefined) tokens.push({ kind: "quoted", text: quoted.replace(/\\(.)/g, "$1") });
    else tokens.push(sign === undefined ? { kind: "word", text: word } : { kind: "sign", text: sign });
  }
  return new Parser(tokens).whole();
}

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Rule {
    const rule = this.or();
    if (this.at < this.tokens.length) throw new RuleFault(`Unexpected ${this.tokens[this.at]?.text}.`);
    return rule;
  }

  private or(): Rule {
    return this.chain("or", "OR", () => this.chain("and", "AND", () => this.single()));
  }

  private chain(kind: "and" | "or", word: string, part: () => Rule): Rule {
    const all = [part()];
    while (this.word(word)) all.push(part());
    const [only] = all;
    return all.length === 1 && only ? only : { kind, all };
  }

  private single(): Rule {
    if (++this.depth > deepest) throw new RuleFault("The rule is nested too deeply.");
    try {
      if (this.word("NOT")) return { kind: "not", of: this.single() };
      if (this.word("TRUE")) return { kind: "constant", value: true };
      if (this.word("FALSE")) return { kind: "constant", value: false };
      if (this.word("AT_LEAST")) return this.atLeast();
      const state = this.state();
      if (state === undefined) return this.inBrackets(() => this.or());
      return { kind: "state", state, alarm: this.inBrackets(() => this.name()) };
    } finally {
      this.depth--;
    }
  }

  private atLeast(): Rule {
    return this.inBrackets(() => {
      const [, digits, percent] = /^(\d+)(%?)$/.exec(this.next("word")) ?? [];
      if (digits === undefined) throw new RuleFault("AT_LEAST starts with a number or a percentage.");
      this.sign(",");
      const isNegated = this.word("NOT");
      const state = this.state();
      if (state === undefined) throw new RuleFault("AT_LEAST needs a state.");
      this.sign(",");
      const alarms = this.inBrackets(() => {
        const names = [this.name()];
        while (this.isSign(",")) {
          this.sign(",");
          names.push(this.name());
        }
        return names;
      });
      return { kind: "at-least", count: Number(digits), isPercent: percent === "%", state, isNegated, alarms };
    });
  }

  private state(): AlarmState | undefined {
    return states.find((state) => this.word(state));
  }

  private name(): string {
    const next = this.tokens[this.at];
    if (next === undefined || next.kind === "sign") throw new RuleFault("The name of an alarm is missing.");
    this.at++;
    return next.text;
  }

  private inBrackets<T>(inner: () => T): T {
    this.sign("(");
    const value = inner();
    this.sign(")");
    return value;
  }

  /** Operators and states may be written small as well: AWS' own example is `false`. */
  private word(text: string): boolean {
    const next = this.tokens[this.at];
    if (next?.kind !== "word" || next.text.toUpperCase() !== text) return false;
    this.at++;
    return true;
  }

  private next(kind: Token["kind"]): string {
    const next = this.tokens[this.at++];
    if (next?.kind !== kind) throw new RuleFault(next ? `Unexpected ${next.text}.` : "The rule ends too early.");
    return next.text;
  }

  private isSign(text: string): boolean {
    const next = this.tokens[this.at];
    return next?.kind === "sign" && next.text === text;
  }

  private sign(text: string): void {
    if (!this.isSign(text)) throw new RuleFault(`Expected ${text}.`);
    this.at++;
  }
}

/** Names or ARNs of the alarms that a rule looks at, each once. */
export function alarmsIn(rule: Rule): readonly string[] {
  switch (rule.kind) {
    case "constant":
      return [];
    case "state":
      return [rule.alarm];
    case "not":
      return alarmsIn(rule.of);
    case "and":
    case "or":
      return [...new Set(rule.all.flatMap(alarmsIn))];
    case "at-least":
      return [...new Set(rule.alarms)];
  }
}

/** @param stateOf by name or ARN; undefined for an alarm that is not there, whose condition then does not hold */
export function holds(rule: Rule, stateOf: (alarm: string) => AlarmState | undefined): boolean {
  switch (rule.kind) {
    case "constant":
      return rule.value;
    case "state":
      return stateOf(rule.alarm) === rule.state;
    case "not":
      return !holds(rule.of, stateOf);
    case "and":
      return rule.all.every((each) => holds(each, stateOf));
    case "or":
      return rule.all.some((each) => holds(each, stateOf));
    case "at-least": {
      const found = rule.alarms.filter((alarm) => (stateOf(alarm) === rule.state) !== rule.isNegated).length;
      return found >= (rule.isPercent ? (rule.alarms.length * rule.count) / 100 : rule.count);
    }
  }
}
