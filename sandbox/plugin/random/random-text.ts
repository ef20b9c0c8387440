import { randomInt } from "node:crypto";

/** How many characters of which class a password or string must have. */
export interface TextRules {
  readonly length: number;
  readonly lower: boolean;
  readonly upper: boolean;
  readonly numeric: boolean;
  readonly special: boolean;
  readonly minLower: number;
  readonly minUpper: number;
  readonly minNumeric: number;
  readonly minSpecial: number;
  /** Instead of the provider's own special characters; empty means the provider's own. */
  readonly overrideSpecial: string;
}

const lowerCase = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
/** The provider's own choice. */
const specialCharacters = "!@#$%&*()-_=+[]{}<>:?";

/** Random characters from the system's cryptographic source, with at least as many of each class as the rules ask for. */
export function randomText(rules: TextRules): string {
  const special = rules.overrideSpecial === "" ? specialCharacters : rules.overrideSpecial;
  const classes = [
    { characters: lowerCase, isOn: rules.lower, least: rules.minLower },
    { characters: lowerCase.toUpperCase(), isOn: rules.upper, least: rules.minUpper },
    { characters: digits, isOn: rules.numeric, least: rules.minNumeric },
    { characters: special, isOn: rules.special, least: rules.minSpecial },
  ];
  const all = classes.map(({ characters, isOn }) => (isOn ? characters : "")).join("");
  const required = classes.flatMap(({ characters, least }) => pick(characters, least));
  if (all === "" && required.length < rules.length)
    throw new Error("no characters to choose from: every class is switched off");
  return shuffled([...required, ...pick(all, rules.length - required.length)]).join("");
}

function pick(characters: string, count: number): readonly string[] {
  return Array.from({ length: Math.max(0, count) }, () => characters.charAt(randomInt(characters.length)));
}

/** Fisher-Yates with the cryptographic source: the required characters must not all stand in front. */
function shuffled(characters: readonly string[]): readonly string[] {
  const result = [...characters];
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other] ?? "", result[last] ?? ""];
  }
  return result;
}
