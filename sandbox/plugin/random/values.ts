import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { Properties } from "../handler";
import { petWords } from "./pet-words";
import { randomText } from "./random-text";
import type { TextRules } from "./random-text";

/** What one random resource type makes of its inputs, once. */
export type RandomValue = (inputs: Properties) => { readonly id: string; readonly outputs: Properties };

/** Every type of the random provider that the sandbox realises. */
export const randomValues: Readonly<Record<string, RandomValue>> = {
  // bcryptHash is left out: nothing here computes bcrypt, and a made-up hash would verify no password.
  "random:index/randomPassword:RandomPassword": (inputs) => ({
    id: "none",
    outputs: { result: randomText(rulesOf(inputs)) },
  }),
  "random:index/randomString:RandomString": (inputs) => {
    const result = randomText(rulesOf(inputs));
    return { id: result, outputs: { result } };
  },
  "random:index/randomId:RandomId": (inputs) => {
    const bytes = randomBytes(Number(inputs["byteLength"]));
    const prefix = textOf(inputs, "prefix");
    const hex = bytes.toString("hex");
    const outputs = {
      hex: prefix + hex,
      dec: prefix + BigInt(`0x${hex}`).toString(),
      b64Std: prefix + bytes.toString("base64"),
      b64Url: prefix + bytes.toString("base64url"),
    };
    return { id: bytes.toString("base64url"), outputs };
  },
  "random:index/randomPet:RandomPet": (inputs) => {
    const words = Array.from({ length: Number(inputs["length"]) }, () => petWords[randomInt(petWords.length)] ?? "");
    const prefix = textOf(inputs, "prefix");
    return { id: [...(prefix === "" ? [] : [prefix]), ...words].join(textOf(inputs, "separator")), outputs: {} };
  },
  "random:index/randomUuid:RandomUuid": () => {
    const result = randomUUID();
    return { id: result, outputs: { result } };
  },
};

function rulesOf(inputs: Properties): TextRules {
  const isOn = (name: string): boolean => inputs[name] !== false;
  const least = (name: string): number => Number(inputs[name] ?? 0);
  return {
    length: Number(inputs["length"]),
    lower: isOn("lower"),
    upper: isOn("upper"),
    numeric: isOn("numeric") && isOn("number"),
    special: isOn("special"),
    minLower: least("minLower"),
    minUpper: least("minUpper"),
    minNumeric: least("minNumeric"),
    minSpecial: least("minSpecial"),
    overrideSpecial: textOf(inputs, "overrideSpecial"),
  };
}

function textOf(inputs: Properties, name: string): string {
  const value = inputs[name];
  return typeof value === "string" ? value : "";
}
