import { readdirSync } from "node:fs";
import { expect } from "chai";
import { commands, groups } from "../automation/commands";

describe("commands", () => {
  it("lists every file of automation/commands", () => {
    const files = readdirSync("automation/commands").map((file) => file.replace(/\.ts$/, ""));
    const verbs = files.filter((file) => file !== "command" && file !== "index" && !file.endsWith("-options"));
    expect(commands.map(({ name }) => name.replace(" ", "-")).sort()).to.deep.equal(verbs.sort());
  });

  it("has a line of help for every group and every option", () => {
    const first = commands.map(({ name }) => name.split(" ")).filter((words) => words.length > 1);
    expect(first.filter(([group = ""]) => groups[group] === undefined)).to.deep.equal([]);
    const mute = commands.flatMap(({ name, options }) =>
      Object.entries(options)
        .filter(([, { describe: text }]) => text === undefined)
        .map(([option]) => `${name} --${option}`),
    );
    expect(mute).to.deep.equal([]);
  });

  for (const command of commands.filter(({ effect }) => effect === "change")) {
    it(`gives ${command.name} --yes and --dry-run, because it changes something`, () => {
      expect(Object.keys(command.options)).to.include.members(["yes", "dry-run"]);
    });
  }
});
