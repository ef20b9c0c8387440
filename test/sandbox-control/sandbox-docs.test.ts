import { readFileSync } from "node:fs";
import { expect } from "chai";
import { sandboxCommands } from "../../sandbox/commands";
import { faultKinds, usageOf } from "../../sandbox/faults/kinds/all-kinds";

describe("docs/sandbox.md", () => {
  const text = readFileSync("docs/sandbox.md", "utf8");
  const cells = text.split("\n").flatMap((line) => line.split("|").map((cell) => cell.trim()));

  it("has a row for every kind of fault, as it is typed", () => {
    const kinds = Object.entries(faultKinds).map(([name, kind]) => `\`${usageOf(name, kind)}\``);

    expect(kinds.filter((usage) => !cells.includes(usage))).to.deep.equal([]);
  });

  it("says for every kind of fault what the command says", () => {
    const said = Object.values(faultKinds).flatMap(({ summary, onAws }) => [summary, onAws]);

    expect(said.filter((sentence) => !cells.includes(sentence))).to.deep.equal([]);
  });

  it("names every command of the sandbox", () => {
    expect(sandboxCommands.map(({ name }) => name).filter((name) => !text.includes(`\`slipway ${name}`))).to.deep.equal(
      [],
    );
  });

  it("defines every link that it uses", () => {
    const used = [...text.matchAll(/\]\[([a-z0-9-]+)\]/g)].map(([, name]) => name);

    expect(used.filter((name) => !text.includes(`\n[${name}]: https://docs.aws.amazon.com/`))).to.deep.equal([]);
  });
});
