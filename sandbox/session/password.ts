import { randomInt } from "node:crypto";

/** What the database's password policy asks for; `/`, `@`, `"` and space are refused by RDS. */
const alphabets = ["abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "!#$%&*+-=?^_"] as const;
const length = 24;

/** A random password with every kind of character. `pick(n)` gives a whole number from 0 to below n. */
export function randomPassword(pick: (below: number) => number = (below) => randomInt(below)): string {
  const one = (alphabet: string): string => alphabet.charAt(pick(alphabet.length));
  const all = alphabets.join("");
  const characters = [...alphabets.map(one), ...Array.from({ length: length - alphabets.length }, () => one(all))];
  // Fisher and Yates: without it the first four characters would always be of the same kinds.
  for (let last = characters.length - 1; last > 0; last--) {
    const other = pick(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? "", characters[last] ?? ""];
  }
  return characters.join("");
}
