import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { residentPlugins, type ResidentPlugins } from "../../../sandbox/session/resident-plugins";

/** Tells a port of its own, as providers do that serve everybody alike. */
const fixed = (port: number): string => `console.log(${port}); process.stdin.resume();`;

/** Tells for every environment how many it has been asked for, and the region's length; `exit` as region ends it. */
const asking = `
  const lines = require("node:readline").createInterface({ input: process.stdin });
  let asked = 0;
  lines.on("line", (line) => {
    const { AWS_REGION } = JSON.parse(line);
    if (AWS_REGION === "exit") process.exit(1);
    asked += 1;
    console.log(asked * 1000 + AWS_REGION.length);
  });`;

const environment = (region: string) => ({
  AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
  AWS_ACCESS_KEY_ID: "SANDBOX111111111111",
  AWS_REGION: region,
});

describe("the providers that run as long as the sandbox does", () => {
  let folder: string;
  let plugins: ResidentPlugins;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-plugins-"));
    writeFileSync(join(folder, "main-aws.js"), asking);
    writeFileSync(join(folder, "main-awsx.js"), fixed(41));
    writeFileSync(join(folder, "main-random.js"), fixed(42));
    plugins = residentPlugins(folder);
  });
  afterEach(() => {
    plugins.close();
    rmSync(folder, { recursive: true });
  });

  it("have one port for each environment, and for one that was asked for before the same", async () => {
    const [frankfurt, virginia] = [environment("eu-central-1"), environment("us-east-1")];

    expect(await Promise.all([frankfurt, virginia, frankfurt].map((env) => plugins.ports(env)))).to.deep.equal([
      { aws: 1012, awsx: 41, random: 42 },
      { aws: 2009, awsx: 41, random: 42 },
      { aws: 1012, awsx: 41, random: 42 },
    ]);
  });

  it("are started again when one has ended", async () => {
    await plugins.ports(environment("eu-central-1"));
    const refusal = await plugins.ports(environment("exit")).catch((error: Error) => error.message);

    expect(refusal).to.equal(`${join(folder, "main-aws.js")} has ended`);
    expect(await plugins.ports(environment("us-east-1"))).to.deep.equal({ aws: 1009, awsx: 41, random: 42 });
  });

  it("say so when one does not start", async () => {
    writeFileSync(join(folder, "main-random.js"), "process.exit(1)");

    const refusal = await plugins.ports(environment("eu-central-1")).catch((error: Error) => error.message);

    expect(refusal).to.equal(`${join(folder, "main-random.js")} has ended`);
  });
});
