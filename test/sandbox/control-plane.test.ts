import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { EC2Client, DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { run, sandboxProject, type SandboxProject } from "../_helpers/sandbox-project";

/** Variables that `sandbox env` prints, as a shell would have them. */
async function environmentOf(project: SandboxProject, stack: string): Promise<Record<string, string>> {
  const { environment } = await project.json("sandbox", "env", stack);
  return environment as Record<string, string>;
}

async function accountAt(env: Readonly<Record<string, string>>): Promise<string | undefined> {
  const sts = new STSClient({
    region: env["AWS_REGION"] ?? "",
    endpoint: env["AWS_ENDPOINT_URL"] ?? "",
    credentials: { accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "", secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "" },
  });
  try {
    return (await sts.send(new GetCallerIdentityCommand({}))).Account;
  } finally {
    sts.destroy();
  }
}

const pidOf = async (project: SandboxProject): Promise<number> =>
  Number((await project.json("sandbox", "status"))["pid"]);
const cloudPidOf = async (project: SandboxProject): Promise<number> =>
  Number((await project.json("sandbox", "status"))["cloudPid"]);

/** Until a process that has been killed is really gone. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("the sandbox's control plane", () => {
  let project: SandboxProject;

  beforeEach(() => {
    project = sandboxProject();
  });

  afterEach(async () => project.remove());

  it("starts once, says where it runs, and stops", async () => {
    const first = await project.json("sandbox", "start");
    const second = await project.json("sandbox", "start");
    const status = await project.json("sandbox", "status");
    const stopped = await project.json("sandbox", "stop");
    const after = await project.slipway("sandbox", "status");

    expect([first["started"], second["started"]]).to.deep.equal([true, false]);
    expect([second["epoch"], second["endpoint"], status["epoch"], status["endpoint"]]).to.deep.equal([
      first["epoch"],
      first["endpoint"],
      first["epoch"],
      first["endpoint"],
    ]);
    expect(stopped).to.deep.equal({ running: false, wasRunning: true, aside: null });
    expect(after.code).to.equal(5);
  });

  it("is one sandbox for two commands that start it at the same moment", async () => {
    const [one, other] = await Promise.all([project.json("sandbox", "start"), project.json("sandbox", "start")]);

    expect(one["epoch"]).to.equal(other["epoch"]);
    expect([one["started"], other["started"]].sort()).to.deep.equal([false, true]);
  });

  it("answers as the account and region of the stack's configuration, for two accounts at once", async () => {
    await project.remove();
    project = sandboxProject((text) =>
      text.includes("environment: production") ? text.replaceAll("686831565523", "111122223333") : text,
    );
    const staging = await environmentOf(project, "staging");
    const production = await environmentOf(project, "production");

    expect(await Promise.all([accountAt(staging), accountAt(production)])).to.deep.equal([
      "686831565523",
      "111122223333",
    ]);
    expect(staging["AWS_REGION"]).to.equal("eu-central-1");
  });

  it("prints exports by which a plain engine finds the stack, its secret and its own backend", async () => {
    const { stdout } = await project.slipway("sandbox", "env", "staging");
    const config = await run("sh", ["-c", `${stdout}\npulumi config --json && pulumi stack ls --json`], project.folder);

    expect(config.code, config.stderr).to.equal(0);
    expect(config.stdout).to.match(/"slipway:databasePassword": \{\s*"secret": true/);
    expect(config.stdout).to.match(/"name": "staging"/);
    expect(readFileSync(join(project.folder, "Pulumi.staging.yaml"), "utf8")).to.not.match(/encryptionsalt|secure:/);
  });

  it("keeps a stack's secret over a change of the checked-in file, which it follows", async () => {
    await environmentOf(project, "staging");
    const copy = join(project.folder, ".slipway/sandbox/config/Pulumi.staging.yaml");
    const secret = (): string | undefined => /secure: (\S+)/.exec(readFileSync(copy, "utf8"))?.[1];
    const before = secret();
    await run("sed", ["-i", "s/storageGb: 20/storageGb: 30/", "Pulumi.staging.yaml"], project.folder);
    await environmentOf(project, "staging");

    expect(readFileSync(copy, "utf8")).to.match(/storageGb: 30/);
    expect([before, secret()]).to.deep.equal([before, before]);
    expect(before).to.be.a("string");
  });

  it("notices that its cloud has died, starts another one and sets the old state aside", async () => {
    const env = await environmentOf(project, "staging");
    const [pid, cloud] = [await pidOf(project), await cloudPidOf(project)];
    process.kill(cloud, "SIGKILL");
    await gone(pid);
    const dead = await project.slipway("sandbox", "status");
    const { stderr, code } = await project.slipway("sandbox", "start");

    expect([dead.code, code]).to.deep.equal([5, 0]);
    expect(stderr).to.match(/ended without being asked to/);
    expect(stderr).to.match(/state of it was set aside/);
    const lost = join(project.folder, ".slipway/sandbox/lost");
    const [time] = readdirSync(lost);
    expect(existsSync(join(lost, time ?? "", "backend/.pulumi/stacks/slipway/staging.json"))).to.equal(true);
    // Exports in open shells stay right: same port.
    expect(await accountAt(env)).to.equal("686831565523");
  });

  it("takes its cloud with it when the supervisor is killed, and starts anew", async () => {
    await project.json("sandbox", "start");
    const [pid, cloud] = [await pidOf(project), await cloudPidOf(project)];
    process.kill(pid, "SIGKILL");
    await Promise.all([gone(pid), gone(cloud)]);
    const again = await project.json("sandbox", "start");

    expect(again["started"]).to.equal(true);
  });

  it("does not touch the sandbox of another clone", async () => {
    const other = sandboxProject();
    try {
      const [here, there] = [await project.json("sandbox", "start"), await other.json("sandbox", "start")];
      await project.json("sandbox", "stop");
      const status = await other.json("sandbox", "status");

      expect(here["endpoint"]).to.not.equal(there["endpoint"]);
      expect([status["running"], status["epoch"]]).to.deep.equal([true, there["epoch"]]);
    } finally {
      await other.remove();
    }
  });

  it("makes an adopted network exist under exactly its ids", async () => {
    await project.remove();
    project = sandboxProject((text) =>
      text.replace(
        /slipway:network:\n(?: {4}.*\n)+/,
        "slipway:network: { mode: adopt, vpcId: vpc-0abc, publicSubnetIds: [subnet-0a, subnet-0b], privateSubnetIds: [subnet-0c, subnet-0d] }\n",
      ),
    );
    const env = await environmentOf(project, "staging");
    const ec2 = new EC2Client({
      region: "eu-central-1",
      endpoint: env["AWS_ENDPOINT_URL"] ?? "",
      credentials: { accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "", secretAccessKey: "sandbox" },
    });
    const { Subnets = [] } = await ec2.send(
      new DescribeSubnetsCommand({ Filters: [{ Name: "vpc-id", Values: ["vpc-0abc"] }] }),
    );
    ec2.destroy();

    expect(Subnets.map(({ SubnetId, AvailabilityZone }) => `${SubnetId} ${AvailabilityZone}`).sort()).to.deep.equal([
      "subnet-0a eu-central-1a",
      "subnet-0b eu-central-1b",
      "subnet-0c eu-central-1a",
      "subnet-0d eu-central-1b",
    ]);
  });

  it("forgets everything on reset, but only when it is told twice", async () => {
    await environmentOf(project, "staging");
    const plan = await project.json("sandbox", "reset", "--dry-run");
    const refused = await project.slipway("sandbox", "reset");
    const before = await project.json("sandbox", "status");
    await project.json("sandbox", "reset", "--yes");
    const after = await project.json("sandbox", "status");

    expect(plan).to.deep.equal({ stacks: ["staging"], done: false });
    expect(refused.code).to.equal(2);
    expect([before["stacks"], after["stacks"], after["running"]]).to.deep.equal([["staging"], [], true]);
    expect(after["epoch"]).to.not.equal(before["epoch"]);
  });

  it("starts nothing when the stack is unknown or its file has faults", async () => {
    const unknown = await project.slipway("preview", "stagin", "--sandbox");
    await run("sed", ["-i", "s/cpu: 1024/cpu: 1000/", "Pulumi.staging.yaml"], project.folder);
    const faulty = await project.slipway("preview", "staging", "--sandbox");

    expect([unknown.code, faulty.code]).to.deep.equal([2, 2]);
    expect(existsSync(join(project.folder, ".slipway"))).to.equal(false);
  });
});
