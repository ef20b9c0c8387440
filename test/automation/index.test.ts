import { expect } from "chai";
import * as library from "../../automation";
import { commands } from "../../automation/commands";

/** Where the function of a command is called otherwise than the command. */
const names: Readonly<Record<string, string>> = {
  "release status": "releaseStatus",
  "release history": "releaseHistory",
  "release metrics": "releaseMetrics",
  "release resume": "resume",
  "release abort": "abort",
  "release continue": "continueRelease",
  "release watch": "watch",
  "rollback-points list": "rollbackPoints",
  "rollback-points cleanup": "cleanupRollbackPoints",
  switch: "switchEnvironment",
  "fleet release": "fleetRelease",
  "fleet resume": "fleetResume",
  "fleet rollback": "fleetRollback",
  "fleet status": "fleetStatus",
  "fleet check": "fleetCheck",
};

describe("the library", () => {
  it("has a function for every command that works on a stack, but for the one that only opens it", () => {
    const missing = commands
      .filter(({ needs, name }) => needs === "stack" && name !== "config validate")
      .map(({ name }) => names[name] ?? name)
      .filter((name) => typeof (library as Readonly<Record<string, unknown>>)[name] !== "function");
    expect(missing).to.deep.equal([]);
  });

  it("fails as the command does, before anything is touched", async () => {
    const error: unknown = await library
      .release({ stack: "nowhere", targets: ["web=v2"], yes: true })
      .catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(library.SlipwayError);
    expect((error as library.SlipwayError).exitCode).to.equal(2);
  });
});
