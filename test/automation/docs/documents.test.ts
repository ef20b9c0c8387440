import { existsSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { commands } from "../../../automation/commands";
import { documents } from "../../../automation/docs/documents";
import { gateRules } from "../../../automation/gate/rules";

describe("documents", () => {
  for (const { path, render } of documents) {
    it(`${path} is what the sources say; if not, run \`npm run docs\``, () => {
      expect(existsSync(path) ? readFileSync(path, "utf8") : "").to.equal(render());
    });
  }

  const rendered = (path: string): string => documents.find((document) => document.path === path)?.render() ?? "";

  it("describe every command and every option", () => {
    const page = rendered("docs/cli.md");
    const words = commands.flatMap(({ name, options }) => [
      `## ${name}`,
      ...Object.entries(options).map(([option, { positional }]) => `\`${positional === true ? "" : "--"}${option}\``),
    ]);
    expect(words.filter((word) => !page.includes(word))).to.deep.equal([]);
  });

  it("describe every gate rule", () => {
    const page = rendered("docs/diff-gate.md");
    expect(gateRules.filter(({ id }) => !page.includes(`| ${id} |`))).to.deep.equal([]);
  });
});
