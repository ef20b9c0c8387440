import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { expect } from "chai";

const clone = resolve(__dirname, "..", "..", "..");

/** In a process of its own: this one has loaded the SDK long ago. */
function inNewProcess(script: string): unknown {
  const late = JSON.stringify(join(clone, "automation", "adapters", "late-modules"));
  const whole = `require(${late}); const pulumi = require("@pulumi/pulumi/automation") && require("@pulumi/pulumi");
    (async () => { ${script} })().then((told) => process.stdout.write(JSON.stringify(told)));`;
  const text = execFileSync(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", whole], {
    cwd: clone,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(text) as unknown;
}

describe("modules that the SDK loads and nobody here uses", () => {
  it("are loaded by what first uses them", () => {
    const told = inNewProcess(`
      const stub = (path) => require("util").types.isProxy(require(path));
      const before = [stub("@pulumi/pulumi/typescript-shim"), stub("@npmcli/arborist")];
      const { text } = await pulumi.runtime.serializeFunction(() => 17);
      const paths = await pulumi.runtime.computeCodePaths({ extraIncludePaths: ["./package.json"] });
      return { before, serialized: text.includes("17"), hasPaths: paths.size > 0,
        after: [stub("@pulumi/pulumi/typescript-shim"), stub("@npmcli/arborist")] };`);

    expect(told).to.deep.equal({ before: [true, true], serialized: true, hasPaths: true, after: [false, false] });
  }).timeout(60_000);
});
