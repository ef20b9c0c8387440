import { readFileSync } from "node:fs";
import { markdownTable } from "../../infra/config/markdown-table";
import { defaultSteps, type Step } from "../../infra/config/release-steps";
import { describeDuration } from "../model/duration";

/** What a strategy is for; how many slots it needs follows from it. */
const purposes: Readonly<Record<keyof typeof defaultSteps, readonly [slots: string, purpose: string]>> = {
  rolling: ["one", "ECS replaces the tasks one after the other; both versions serve meanwhile"],
  "blue-green": ["two", "the new version comes up beside the old one and gets everything at once"],
  canary: ["two", "a small share first, then everything"],
  linear: ["two", "growing shares"],
};

/** `10 % (10 min), 100 % (5 min)`: share, and how long it is watched. */
const words = (steps: readonly Step[]): string =>
  steps.map(({ percent, bakeSeconds }) => `${percent} % (${describeDuration(bakeSeconds * 1_000)})`).join(", ");

/** The table of strategies with the steps that each has where nobody says otherwise. */
export const defaultStepsTable = (): string =>
  markdownTable(
    ["strategy", "slots", "steps by default, and how long each is watched", "what it does"],
    Object.entries(purposes).map(([strategy, [slots, purpose]]) => [
      `\`${strategy}\``,
      slots,
      words(defaultSteps[strategy as keyof typeof defaultSteps]),
      purpose,
    ]),
  );

const block = /(<!-- default-steps:[^\n]*-->\n)[\s\S]*?(<!-- \/default-steps -->)/;

/** The page about releases, written by hand but for that table. */
export const releasesPage = (): string =>
  readFileSync("docs/releases.md", "utf8").replace(
    block,
    (_, open: string, close: string) =>
      `${open}<!-- prettier-ignore-start -->\n\n${defaultStepsTable()}\n\n<!-- prettier-ignore-end -->\n${close}`,
  );
