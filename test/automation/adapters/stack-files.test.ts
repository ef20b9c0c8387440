import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { stackFiles } from "../../../automation/adapters/stack-files";
import { SlipwayError } from "../../../automation/model/errors";

describe("stackFiles", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-files-"));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\n");
    for (const stack of ["staging", "production"]) writeFileSync(join(folder, `Pulumi.${stack}.yaml`), `# ${stack}\n`);
    writeFileSync(join(folder, "Pulumi.staging.yaml.bak"), "");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const errorOf = async (work: Promise<unknown>): Promise<readonly unknown[]> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof SlipwayError ? [error.code, error.exitCode, error.remedy] : [error];
  };

  it("lists the stacks, knows the project, and reads a stack's file", async () => {
    const files = stackFiles(folder);

    expect(await files.stacks()).to.deep.equal(["production", "staging"]);
    expect(await files.project()).to.equal("shop");
    expect(await files.read("staging")).to.deep.equal({
      path: join(folder, "Pulumi.staging.yaml"),
      text: "# staging\n",
    });
  });

  it("names the stacks that there are when one is not", async () => {
    expect(await errorOf(stackFiles(folder).read("prod"))).to.deep.equal([
      "stack-unknown",
      2,
      "Stacks here: production, staging.",
    ]);
  });

  it("asks whether a near one was meant", async () => {
    expect(await errorOf(stackFiles(folder).read("stagin"))).to.deep.equal([
      "stack-unknown",
      2,
      "Did you mean `staging`? Stacks here: production, staging.",
    ]);
  });

  it("says when a folder is no project, or its file is broken", async () => {
    const remedy = "Run slipway in the folder that holds Pulumi.yaml and the stack files.";
    const missing = await errorOf(stackFiles(join(folder, "none")).project());
    writeFileSync(join(folder, "Pulumi.yaml"), "name: [");
    const broken = await errorOf(stackFiles(folder).project());
    writeFileSync(join(folder, "Pulumi.yaml"), "main: x");
    const nameless = await errorOf(stackFiles(folder).project());

    expect([missing, broken, nameless]).to.deep.equal([1, 2, 3].map(() => ["project-missing", 2, remedy]));
  });
});
