import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import { endOf } from "../../../automation/model/switch/journal";
import { switchStatus } from "../../../automation/switch/status";
import { switchEnvironment, type SwitchOptions } from "../../../automation/switch/switch";
import { answered } from "../../_fakes/fake-http";
import { switchPair, type PairSettings } from "../../_helpers/switch-pair";

const errorOf = async (work: Promise<unknown>): Promise<SlipwayError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof SlipwayError) return error;
  throw new Error(`not a SlipwayError: ${String(error)}`);
};
const run = async (settings: PairSettings = {}, options: SwitchOptions = { yes: true }) => {
  const pair = switchPair(settings);
  return { ...pair, report: await switchEnvironment(pair.blue, options) };
};
const refused = async (settings: PairSettings, options: SwitchOptions = { yes: true }) => {
  const pair = switchPair(settings);
  const error = await errorOf(switchEnvironment(pair.blue, options));
  return { ...pair, error };
};

describe("switch", () => {
  it("gives the traffic to the other colour in one change, checks both doors, and is in both histories", async () => {
    const { report, blue, green, weighs, gets } = await run();

    expect([report.exitCode, report.data["outcome"], report.data["active"]]).to.deep.equal([0, "done", "green"]);
    expect(weighs()).to.deep.equal(["weigh www.shop.example blue 0 green 100"]);
    expect([...new Set(gets())]).to.deep.equal([
      "http://green.elb.example/",
      "http://www.shop.example/",
      "http://green.elb.example/health",
      "http://www.shop.example/health",
    ]);
    const [own, peer] = [blue, green].map(({ history }) => history.entries.filter(({ kind }) => kind === "switch"));
    expect(own).to.deep.equal([
      {
        kind: "switch",
        at: "1970-01-01T00:00:00.000Z",
        stack: "prod-blue",
        by: { identity: "arn:aws:iam::686831565523:user/deployer", user: "kim", host: "desk" },
        id: "19700101-000000-green",
        name: "www.shop.example",
        from: "blue",
        to: "green",
        outcome: "done",
        durationMs: 60_000,
        movedMs: 0,
      },
    ]);
    expect(peer?.map((entry) => ({ ...entry, stack: "prod-blue" }))).to.deep.equal(own);
  });

  it("asks as a client of the name does, at the load balancer of the target", async () => {
    const { green } = await run();
    expect(green.http.requests.find(({ url }) => url === "http://green.elb.example/health")?.headers).to.deep.equal({
      host: "www.shop.example",
    });
  });

  it("goes in steps and watches each", async () => {
    const { weighs, blue } = await run({}, { yes: true, steps: "10,50,100", bake: "5m" });
    expect(weighs()).to.deep.equal([
      "weigh www.shop.example blue 90 green 10",
      "weigh www.shop.example blue 50 green 50",
      "weigh www.shop.example blue 0 green 100",
    ]);
    expect(blue.clock.now().getTime()).to.equal(15 * 60_000);
  });

  it("is the same from both stacks", async () => {
    const pair = switchPair();
    const report = await switchEnvironment(pair.green, { yes: true });
    expect([report.data["active"], pair.green.history.entries.map(({ kind }) => kind)]).to.deep.equal([
      "green",
      ["switch", "run"],
    ]);
  });

  it("refuses a target with an unhealthy task before anybody is asked: exit 5, nothing changed", async () => {
    const { error, weighs } = await refused({ running: { green: 1 } });
    expect(error).to.include({ code: "unhealthy", exitCode: 5 });
    expect(error.message).to.contain("web: 1 of 2 tasks run in green-web");
    expect(weighs()).to.deep.equal([]);
  });

  it("refuses a target that does not answer as expected: exit 5, nothing changed, and the record says so", async () => {
    const { report, weighs, blue } = await run({ answers: { "http://green.elb.example/health": answered(503) } });
    expect([report.exitCode, report.data["outcome"]]).to.deep.equal([5, "refused"]);
    expect(report.summary).to.contain("expected status 200, found 503");
    expect(weighs()).to.deep.equal([]);
    expect(blue.switches.stored && endOf(blue.switches.stored.journal)?.outcome).to.equal("refused");
  });

  it("goes back when the name does not answer as expected: exit 10", async () => {
    const { report, weighs } = await run({ answers: { "http://www.shop.example/health": answered(503) } });
    expect([report.exitCode, report.data["outcome"], report.data["active"]]).to.deep.equal([10, "rolled-back", "blue"]);
    expect(weighs().at(-1)).to.equal("weigh www.shop.example blue 100 green 0");
  });

  it("goes to an unhealthy target by force, with a reason that is recorded", async () => {
    const { report, blue } = await run({ running: { green: 1 } }, { yes: true, force: true, reason: "blue burns" });
    expect(report.exitCode).to.equal(0);
    expect(blue.history.entries.find(({ kind }) => kind === "switch")).to.include({ forced: "blue burns" });
  });

  it("goes back at once, without a deployment and without a wait", async () => {
    const pair = switchPair();
    await switchEnvironment(pair.blue, { yes: true });
    const before = pair.blue.clock.now().getTime();
    const report = await switchEnvironment(pair.blue, { yes: true, back: true });
    expect([report.data["active"], pair.blue.clock.now().getTime() - before]).to.deep.equal(["blue", 0]);
    expect(pair.blue.log.filter((line) => /^(up|preview|applyImages)/.test(line))).to.deep.equal([]);
  });

  it("does not go back where nobody came from", async () => {
    const { error } = await refused({}, { yes: true, back: true });
    expect(error).to.include({ code: "no-switch", exitCode: 3 });
  });

  it("has nothing to do when the colour is active", async () => {
    const { report } = await run({}, { yes: true, to: "blue" });
    expect(report.data["outcome"]).to.equal("unchanged");
  });

  it("refuses two databases, unless both say that they may differ", async () => {
    const databases = { blue: "shop-blue-db", green: "shop-green-db" };
    const { error, weighs } = await refused({ databases });
    const { report } = await run({ databases, dns: { separateDatabases: true } });
    expect(error).to.include({ code: "databases-differ", exitCode: 3 });
    expect([weighs(), report.exitCode]).to.deep.equal([[], 0]);
  });

  it("refuses stacks that do not fit together, with all that is wrong", async () => {
    const { error } = await refused({ greenDns: { zoneId: "Z2", peer: "prod" } });
    expect([error.code, error.exitCode, error.data["faults"]]).to.deep.equal([
      "pair-differs",
      2,
      ["dns.zoneId: Z1 in prod-blue, Z2 in prod-green", "dns.peer: prod-green names prod, and not prod-blue"],
    ]);
  });

  it("wants to know where to when somebody has split the traffic", async () => {
    const { error } = await refused({ weights: { blue: 1, green: 1 } });
    const { report } = await run({ weights: { blue: 1, green: 1 } }, { yes: true, to: "blue" });
    expect([error.code, error.exitCode, report.data["active"]]).to.deep.equal(["traffic-split", 3, "blue"]);
  });

  it("waits for nobody who switches the same name: exit 4", async () => {
    const pair = switchPair();
    pair.blue.switchLock({ zoneId: "Z1", name: "www.shop.example" }).refusal = new SlipwayError({
      code: "switch-locked",
      exitCode: 4,
      message: "",
      remedy: "",
    });
    expect(await errorOf(switchEnvironment(pair.blue, { yes: true }))).to.include({ exitCode: 4 });
    expect(pair.weighs()).to.deep.equal([]);
  });

  it("only tells the plan in a dry run", async () => {
    const { report, blue, weighs } = await run({}, { dryRun: true });
    expect([report.data["outcome"], weighs(), blue.switches.stored]).to.deep.equal(["dry-run", [], undefined]);
    expect(blue.output.said.join("\n")).to.contain("100 % to green, watched for 1 min");
  });

  it("asks, and changes nothing without a yes", async () => {
    const { report, weighs } = await run({ answers: {}, typed: ["no"] }, {});
    expect([report.exitCode, report.data["outcome"], weighs()]).to.deep.equal([1, "declined", []]);
  });

  for (const options of [
    { force: true },
    { reason: "x" },
    { back: true, to: "blue" },
    { steps: "50,10,100" },
    { steps: "10,50" },
    { steps: "x" },
    { bake: "soon" },
  ] as const) {
    it(`is wrong usage with ${JSON.stringify(options)}`, async () => {
      const { error, blue } = await refused({}, { yes: true, ...options });
      expect([error.code, error.exitCode, blue.log]).to.deep.equal(["usage", 2, []]);
    });
  }

  it("shows which colour is active, and how both are doing", async () => {
    const pair = switchPair({ running: { green: 1 } });
    const { data, summary } = await switchStatus(pair.blue);
    expect([data["active"], data["shares"]]).to.deep.equal(["blue", { blue: 100, green: 0 }]);
    expect(summary).to.contain("blue is active for www.shop.example").and.to.contain("web: 1 of 2 tasks run");
  });
});
