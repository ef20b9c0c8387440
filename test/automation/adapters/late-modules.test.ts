import { expect } from "chai";
import { inNewProcess } from "../../_helpers/in-new-process";

describe("modules that the SDK loads and nobody here uses", () => {
  it("are loaded by what first uses them", () => {
    const script = `
      require("@pulumi/pulumi/automation");
      const pulumi = require("@pulumi/pulumi");
      const stub = (path) => require("util").types.isProxy(require(path));
      const before = [stub("@pulumi/pulumi/typescript-shim"), stub("@npmcli/arborist")];
      const { text } = await pulumi.runtime.serializeFunction(() => 17);
      const paths = await pulumi.runtime.computeCodePaths({ extraIncludePaths: ["./package.json"] });
      return { before, serialized: text.includes("17"), hasPaths: paths.size > 0,
        after: [stub("@pulumi/pulumi/typescript-shim"), stub("@npmcli/arborist")] };`;
    const told = inNewProcess({ first: "automation/adapters/late-modules", script });

    expect(told).to.deep.equal({ before: [true, true], serialized: true, hasPaths: true, after: [false, false] });
  }).timeout(60_000);
});
