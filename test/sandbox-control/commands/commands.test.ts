import { expect } from "chai";
import { main } from "../../../automation/main";
import { sandboxCommands } from "../../../sandbox/commands";
import { fakeContext } from "../../_fakes/fake-context";
import { FakeOutput } from "../../_fakes/fake-output";
import { ASandbox } from "./a-sandbox";

describe("a command of the sandbox", () => {
  let sandbox: ASandbox;
  beforeEach(async () => {
    sandbox = new ASandbox();
    await sandbox.open();
  });
  afterEach(async () => sandbox.close());

  /** Runs a command line; gives its exit code and what it said. */
  async function typed(
    line: string,
    answers?: readonly string[],
  ): Promise<{ code: number; said: string; data: unknown }> {
    const output = new FakeOutput(answers);
    const wiring = { output: () => output, context: () => Promise.resolve(fakeContext()) };
    const code = await main(line.split(" "), { commands: sandboxCommands, wiring });
    const [report] = output.reports;
    const [failure] = output.failures;
    return { code, said: report?.summary ?? failure?.message ?? "", data: report?.data ?? failure?.data };
  }

  const now = { now: "2026-01-01T00:00:00.000Z", speed: 20 };

  it("tells the time, and changes nothing unless it was asked to", async () => {
    sandbox.answers["GET clock"] = now;

    expect(await typed("sandbox clock")).to.deep.equal({
      code: 0,
      said: "It is 2026-01-01T00:00:00.000Z in the sandbox, at 20 times.",
      data: now,
    });
    expect(sandbox.asked).to.deep.equal([["GET clock", undefined]]);
  });

  it("lets long times pass in steps that are answered in time", async () => {
    sandbox.answers["GET clock"] = sandbox.answers["POST clock"] = now;

    expect((await typed("sandbox clock --speed 0 --step 5h")).code).to.equal(0);
    expect(sandbox.asked).to.deep.equal([
      ["POST clock", { speed: 0 }],
      ["POST clock", { stepMs: 7_200_000 }],
      ["POST clock", { stepMs: 7_200_000 }],
      ["POST clock", { stepMs: 3_600_000 }],
      ["GET clock", undefined],
    ]);
  });

  it("asks Route 53 in the name of the only stack", async () => {
    const answer = { kind: "nodata", answers: [], records: [], listeners: [], notes: [], shares: [] };
    sandbox.answers["POST dig"] = answer;

    expect(await typed("sandbox dig shop.example --type cname --vpc")).to.deep.equal({
      code: 0,
      said: "shop.example CNAME: The name is there, but not with this type.",
      data: answer,
    });
    const scope = { account: "111111111111", region: "eu-central-1" };
    const asked = { ...scope, name: "shop.example", type: "CNAME", count: 1, isInVpc: true };
    expect(sandbox.asked).to.deep.equal([["POST dig", asked]]);
  });

  it("pushes to the registry that the image names, and else to that of the stack", async () => {
    sandbox.answers["POST image"] = { digest: "sha256:b", previous: "sha256:a" };

    expect((await typed("sandbox image push shop:v2 --create")).said).to.equal("shop:v2 is sha256:b (was sha256:a)");
    await typed("sandbox image push 222222222222.dkr.ecr.us-east-1.amazonaws.com/shop --digest-of v1");
    expect(sandbox.asked.map(([, body]) => body)).to.deep.equal([
      { account: "111111111111", region: "eu-central-1", repository: "shop", tag: "v2", create: true },
      {
        account: "222222222222",
        region: "us-east-1",
        repository: "shop",
        tag: "latest",
        create: false,
        digestOf: "v1",
      },
    ]);
  });

  it("says what the registry refused, and not which door it came through", async () => {
    sandbox.answers["POST image"] = "/slipway/image: The repository does not exist";

    expect(await typed("sandbox image push shop:v2")).to.deep.equal({
      code: 1,
      said: "shop:v2 was not pushed: The repository does not exist.",
      data: { reason: "The repository does not exist" },
    });
  });

  it("sends a load to the stack's own load balancer", async () => {
    const listener = { account: "111111111111", region: "eu-central-1", dnsName: "", protocol: "HTTP", port: 80 };
    const at = (loadBalancer: string, address: string) => ({ ...listener, loadBalancer, address });
    sandbox.answers["GET ports"] = { ports: [at("another", "http://127.0.0.1:1"), at("own", sandbox.address)] };
    sandbox.answers["GET events"] = {};
    sandbox.deploy([{ type: "aws:lb/loadBalancer:LoadBalancer", outputs: { name: "own" } }, { type: "pulumi:x" }]);

    const { code, data } = await typed("sandbox load staging --path / --rps 100 --duration 50ms");
    const { address, answered, failed } = data as Record<string, unknown>;
    expect({ code, address, answered, failed }).to.deep.equal({
      code: 0,
      address: sandbox.address,
      answered: 5,
      failed: 0,
    });
  });

  it("resets nothing unless the answer is yes", async () => {
    sandbox.deploy([]);

    const { code, data } = await typed("sandbox reset", ["y"]);
    expect({ code, data }).to.deep.equal({ code: 1, data: { stacks: ["staging"], done: false } });
  });

  for (const [line, code, said] of [
    ["sandbox load staging --path /", 2, "staging has no load balancer in the sandbox whose listeners answer."],
    ["sandbox load staging --duration 0s", 2, "--duration and --timeout must be above 0."],
    ["sandbox load staging --rps 0", 2, "--rps is `0`: it must be above 0 and at most 20000."],
    ["sandbox load other", 2, "There is no stack other: Pulumi.other.yaml is missing."],
    ["sandbox dig x --type ALIAS", 2, "--type is `ALIAS`: Route 53 has no such records."],
    ["sandbox dig x --count 20000", 2, "--count is `20000`: it must be a whole number from 1 to 10000."],
    ["sandbox clock --step 31d", 2, "--step is `31d`: it must be 30d at most."],
    ["sandbox image push docker.io/nginx", 2, '"docker.io/nginx" is no image of ECR, but of docker.io.'],
    ["sandbox reset", 2, "There is no terminal to ask on, so nothing was done."],
    ["sandbox clock", 1, "The sandbox could not do `clock`: no such endpoint"],
  ] as const) {
    it(`ends "${line}" with exit code ${code} and says why`, async () => {
      sandbox.answers["GET ports"] = { ports: [] };
      const ended = await typed(line);

      expect([ended.code, ended.said]).to.deep.equal([code, said]);
    });
  }

  for (const line of [
    "sandbox clock",
    "sandbox dig x",
    "sandbox image push a:b",
    "sandbox load staging",
    "sandbox fault list",
  ]) {
    it(`ends "${line}" with exit code 5 when the sandbox is not there`, async () => {
      sandbox.forgetRecord();

      expect(await typed(line)).to.deep.include({ code: 5, said: "The sandbox is not running." });
    });
  }
});
