import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { run, sandboxProject, type CliResult, type SandboxProject } from "../_helpers/sandbox-project";

/** A program as plain `pulumi` runs it: `main` in a folder, the tsconfig in the one above. */
const program = (body: string): string => `import * as pulumi from "@pulumi/pulumi";

async function program(): Promise<Record<string, unknown>> {
  const config = new pulumi.Config("slipway");
  ${body}
}
export = program;
`;

describe("the host for TypeScript programs", () => {
  let project: SandboxProject;
  let exportLines: string;

  before(async () => {
    project = sandboxProject();
    rmSync(join(project.folder, "infra"));
    mkdirSync(join(project.folder, "infra"));
    exportLines = (await project.slipway("sandbox", "env", "staging")).stdout;
  });

  after(async () => project.remove());

  const pulumi = async (words: string, body: string): Promise<CliResult> => {
    writeFileSync(join(project.folder, "infra", "main.ts"), program(body));
    return run("sh", ["-c", `${exportLines}\npulumi ${words} --non-interactive --color never`], project.folder);
  };

  it("gives a program its configuration, secrets as secrets, its names and its folder", async () => {
    const { code, stderr } = await pulumi(
      "up --yes --skip-preview",
      `return {
        account: config.requireObject<{ id: string }>("account").id,
        password: config.requireSecret("databasePassword"),
        where: [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/"),
        folder: process.cwd(),
        dryRun: pulumi.runtime.isDryRun(),
      };`,
    );
    const outputs = await run("sh", ["-c", `${exportLines}\npulumi stack output --json`], project.folder);

    expect(code, stderr).to.equal(0);
    expect(JSON.parse(outputs.stdout)).to.deep.equal({
      account: "686831565523",
      password: "[secret]",
      where: "organization/slipway/staging",
      folder: join(project.folder, "infra"),
      dryRun: false,
    });
  });

  it("shows an error of the program once, in the program's own words", async () => {
    const { code, stdout, stderr } = await pulumi("preview", `throw new pulumi.RunError("the zone is missing");`);

    expect(code).to.not.equal(0);
    const said = `${stdout}${stderr}`;
    expect(said).to.match(/error: the zone is missing/);
    expect(said).to.not.match(/unhandled|non-zero exit code|language-nodejs from \$PATH/);
  });

  it("tells the exit code of a program that ends without a word", async () => {
    const { code, stdout, stderr } = await pulumi("preview", "process.exit(7);");

    expect(code).to.not.equal(0);
    expect(`${stdout}${stderr}`).to.match(/Program exited with non-zero exit code: 7/);
  });

  it("tells the engine which plugins and packages the program needs", async () => {
    const { stdout } = await pulumi("about --json", "return {};");
    const { plugins, runtime } = JSON.parse(stdout) as {
      plugins: { name: string; version: string | null }[];
      runtime: { language: string };
    };

    expect(plugins.map(({ name }) => name)).to.include.members(["aws", "awsx", "random", "nodejs"]);
    expect(runtime.language).to.equal("nodejs");
  });
});
