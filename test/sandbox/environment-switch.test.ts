import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { sandboxProject, type SandboxProject } from "../_helpers/sandbox-project";
import { start } from "../_helpers/started";

const other = { blue: "green", green: "blue" } as const;

const stackFile = (colour: "blue" | "green"): string => `config:
  aws:region: eu-central-1
  slipway:system: shop
  slipway:environment: ${colour}
  slipway:account: { id: "686831565523" }
  slipway:network:
    mode: adopt
    vpcId: vpc-0bb3244ce543cf1c7
    publicSubnetIds: [subnet-0a1, subnet-0a2]
    privateSubnetIds: [subnet-0b1, subnet-0b2]
  slipway:database:
    mode: reference
    instanceId: shop-db
    host: shop-db.c9akciq32rgv.eu-central-1.rds.amazonaws.com
    name: shop
    secretArn: arn:aws:secretsmanager:eu-central-1:686831565523:secret:shop-AbCdEf
    securityGroupId: sg-0a1b2c3d4e5f60718
  slipway:loadBalancer: { scheme: internet-facing, http: forward }
  slipway:dns: { zoneId: Z0SHOP, name: www.shop.example, colour: ${colour}, peer: ${other[colour]} }
  slipway:services:
    web:
      checks: [{ path: /health }]
      containers:
        web:
          image: { repository: 686831565523.dkr.ecr.eu-central-1.amazonaws.com/shop-web, tag: v1 }
          port: 8080
          secrets: { DB_PASSWORD: { secret: database, key: password } }
          loadBalancer: { healthCheck: { path: /health, intervalSeconds: 5, timeoutSeconds: 2 } }
`;

describe("two environments of one name", function () {
  this.timeout(600_000);
  let project: SandboxProject;
  const sandboxed = (...args: readonly string[]) => project.json(...args, "--sandbox");
  const dig = async (): Promise<string> =>
    (await project.slipway("sandbox", "dig", "www.shop.example", "--count", "50", "--stack", "blue")).stdout;
  const stateOf = async (): Promise<unknown> => {
    const { active, shares } = await sandboxed("switch", "blue", "--status");
    return { active, shares };
  };

  before(async () => {
    project = sandboxProject();
    for (const colour of ["blue", "green"] as const)
      writeFileSync(join(project.folder, `Pulumi.${colour}.yaml`), stackFile(colour));
    await project.slipway("sandbox", "start", "--speed", "60");
    for (const colour of ["blue", "green"]) {
      const { code, stdout, stderr } = await project.slipway("up", colour, "--sandbox", "--yes");
      expect(code, stdout + stderr).to.equal(0);
    }
  });
  after(() => project.remove());

  it("begin with the first colour: the second took nothing when it was made", async () => {
    expect(await stateOf()).to.deep.equal({ active: "blue", shares: { blue: 100, green: 0 } });
    expect(await dig()).to.contain("100.0 %  www.shop.example A blue");
  });

  it("change places in one change of the zone, of which neither stack knows anything", async () => {
    const done = await sandboxed("switch", "blue", "--yes");
    const previews = await Promise.all(
      ["blue", "green"].map((stack) => project.slipway("preview", stack, "--sandbox", "--expect-no-changes")),
    );

    expect([done["outcome"], done["active"]]).to.deep.equal(["done", "green"]);
    expect(await dig()).to.contain("100.0 %  www.shop.example A green");
    expect(
      previews.map(({ code }) => code),
      previews.map(({ stdout, stderr }) => stdout + stderr).join("\n"),
    ).to.deep.equal([0, 0]);
  });

  it("change places again without a deployment", async () => {
    const { outcome, active } = await sandboxed("switch", "green", "--back", "--yes");
    expect([outcome, active, await stateOf()]).to.deep.equal([
      "done",
      "blue",
      { active: "blue", shares: { blue: 100, green: 0 } },
    ]);
  });

  it("are not left between two colours by a kill: the next run goes on", async () => {
    const run = start(project, "switch", "blue", "--steps", "10,100", "--bake", "10m", "--sandbox", "--yes");
    await run.says(/watching green at 10 %/);
    run.kill();
    await run.end;
    const between = await stateOf();
    const { outcome, active } = await sandboxed("switch", "green", "--yes");

    expect(between).to.deep.equal({ active: null, shares: { blue: 90, green: 10 } });
    expect([outcome, active, await stateOf()]).to.deep.equal([
      "done",
      "green",
      { active: "green", shares: { blue: 0, green: 100 } },
    ]);
  });
});
