import util from "node:util";
import { expect } from "chai";
import { outcomeOf, runArguments, runEnvironment, type RunRequest } from "../../../sandbox/language-host/run-program";

const request: RunRequest = {
  monitor: "127.0.0.1:1",
  engine: "127.0.0.1:2",
  organization: "organization",
  project: "slipway",
  stack: "staging",
  rootDirectory: "/app",
  programDirectory: "/app/infra",
  entryPoint: "main.ts",
  pwd: "/app/infra",
  dryRun: true,
  parallel: 16,
  config: { "aws:region": "eu-central-1", "slipway:databasePassword": "s3cret" },
  configSecretKeys: ["slipway:databasePassword"],
  args: [],
  options: { tsconfig: "../tsconfig.json" },
};

describe("runArguments", () => {
  it("gives the SDK's runner everything that the engine has said, the program last", () => {
    expect(runArguments(request, "/sdk/cmd/run/index.js").slice(2)).to.deep.equal([
      "/sdk/cmd/run/index.js",
      ...["--monitor", "127.0.0.1:1"],
      ...["--engine", "127.0.0.1:2"],
      ...["--organization", "organization"],
      ...["--project", "slipway"],
      ...["--root-directory", "/app"],
      ...["--stack", "staging"],
      ...["--pwd", "/app/infra"],
      ...["--parallel", "16"],
      "--dry-run",
      "main.ts",
    ]);
  });

  it("hands options of Node to Node, and leaves out what is not known", () => {
    const bare = {
      ...request,
      engine: undefined,
      organization: "",
      dryRun: false,
      entryPoint: "",
      options: { nodeargs: "--trace-warnings  --inspect" },
    };

    expect(runArguments(bare, "run.js").slice(2)).to.deep.equal([
      ...["--trace-warnings", "--inspect", "run.js"],
      ...["--monitor", "127.0.0.1:1", "--project", "slipway", "--root-directory", "/app", "--stack", "staging"],
      ...["--pwd", "/app/infra", "--parallel", "16", "."],
    ]);
  });
});

describe("quick-inspect", () => {
  it("shows an error at once whose stack ends in a scope's own file, which Node 20 colours for ever", async () => {
    const before = util.inspect;
    const { inspect } = (await import("../../../sandbox/language-host/quick-inspect"), util);
    const error = new Error("wrong");
    error.stack = "Error: wrong\n    at f (/app/node_modules/@pulumi/resource.ts:1598:22)";

    try {
      expect(inspect(error, { colors: true })).to.equal(error.stack);
      expect(inspect({ a: 1 }, { compact: false })).to.equal("{\n  a: 1\n}");
    } finally {
      Object.assign(util, { inspect: before });
    }
  });
});

describe("runEnvironment", () => {
  it("passes configuration and secrets by environment, never on the command line that everybody can see", () => {
    expect(runEnvironment(request)).to.deep.equal({
      PULUMI_CONFIG: '{"aws:region":"eu-central-1","slipway:databasePassword":"s3cret"}',
      PULUMI_CONFIG_SECRET_KEYS: '["slipway:databasePassword"]',
      PULUMI_NODEJS_TYPESCRIPT: "true",
      PULUMI_NODEJS_TSCONFIG_PATH: "../tsconfig.json",
    });
  });

  it("leaves TypeScript alone where the project says so", () => {
    expect(
      runEnvironment({ ...request, config: {}, configSecretKeys: [], options: { typescript: false } }),
    ).to.deep.equal({
      PULUMI_CONFIG: "{}",
      PULUMI_CONFIG_SECRET_KEYS: "[]",
    });
  });
});

describe("outcomeOf", () => {
  it("tells an error that the program has shown from one that it has not", () => {
    expect([outcomeOf(0, null), outcomeOf(32, null), outcomeOf(3, null), outcomeOf(null, "SIGKILL")]).to.deep.equal([
      { kind: "done" },
      { kind: "bail" },
      { kind: "failed", error: "Program exited with non-zero exit code: 3" },
      { kind: "failed", error: "Program was ended by SIGKILL" },
    ]);
  });
});
