import { expect } from "chai";
import { releasesSchema } from "../../../infra/releases";
import type { Context } from "../../../automation/context";
import { start, type Started } from "../../_helpers/started";
import { refOf } from "../../../automation/release/act";
import { newestOf } from "./end-state";
import { openLab, writeStackFile, type Lab } from "./lab";
import { shopStack } from "./shop-stack";

const pause = "\n        pause: { at: before-shift, timeoutMinutes: 1440, otherwise: rollback }";

/** One service, whose canary ECS itself shifts. */
const nativeStack = (more = ""): string =>
  `${shopStack.slice(0, shopStack.indexOf("    web:"))}    web:
      desiredCount: 2
      release:
        strategy: canary
        controller: ecs
        steps: [{ percent: 20, bakeSeconds: 60 }, { percent: 100, bakeSeconds: 60 }]${more}
      containers:
        web:
          image: { repository: 686831565523.dkr.ecr.eu-central-1.amazonaws.com/shop-web, tag: v1 }
          port: 8080
          loadBalancer:
            deregistrationDelaySeconds: 10
            healthCheck: { path: /health, intervalSeconds: 5, timeoutSeconds: 2 }
      checks:
        - { path: /health, json: { status: healthy, version: "{version}" } }
${shopStack.slice(shopStack.indexOf("  slipway:alarms:"))}`;

const waits =
  /ECS waits at POST_\w+ \(\S+\) for `slipway release continue` or `abort`, until \d{4}-\S+: then it goes back/;

describe("a release whose traffic ECS shifts", function () {
  this.timeout(300_000);
  let lab: Lab;
  let context: Context;

  before(async () => {
    lab = await openLab(() => nativeStack());
    for (const version of ["v2", "v3", "bad-fault.crash-at-start"]) await lab.push("web", version);
    // A service's very first deployment would stop at the pause, too.
    writeStackFile(lab, nativeStack(pause));
    await lab.json("up", "staging", "--sandbox", "--yes");
    context = await lab.context();
  });
  after(() => lab.remove());

  const slipway = (...words: readonly string[]) => lab.slipway(...words, "--sandbox", "--yes");

  /** Begins a release; it is there when ECS waits for somebody. */
  async function paused(target: string): Promise<Started> {
    const run = start(lab, "release", "staging", target, "--sandbox", "--yes");
    await run.says(waits);
    return run;
  }

  /** The images that ECS runs, and those that the stack remembers. */
  async function running(): Promise<readonly unknown[]> {
    const { plan } = await newestOf(context, "web");
    const { cluster, serviceName } = refOf(plan, "blue");
    const [service] = await context.containers.describe(cluster, [serviceName]);
    const definition = await context.containers.taskDefinition(service?.taskDefinition ?? "");
    const outputs = await context.engine.outputs();
    const releases = releasesSchema.parse(outputs.find(({ name }) => name === "releases")?.value);
    return [definition?.images, releases["web"]?.slots.blue?.images];
  }

  const expectRuns = async (images: unknown): Promise<void> => {
    expect(await running()).to.deep.equal([images, images]);
    expect(await lab.differences()).to.deep.equal([]);
  };
  const imagesOf = async (which: "from" | "to") => (await newestOf(context, "web")).plan[which].images;

  it("waits for somebody, goes on by a word from elsewhere, and leaves an environment without changes", async () => {
    const { end } = await paused("web=v2");
    const told = await slipway("release", "continue", "staging", "web");
    const { code, said } = await end;

    expect([told.code, code], `${told.stderr}\n${said}`).to.deep.equal([0, 0]);
    await expectRuns(await imagesOf("to"));
  });

  it("goes back when tasks of a bad version do not stay up, and leaves no changes either", async () => {
    const { code, stdout, stderr } = await slipway("release", "staging", "web=bad-fault.crash-at-start");

    expect(code, `${stdout}\n${stderr}`).to.equal(10);
    await expectRuns(await imagesOf("from"));
  });

  it("is taken back from elsewhere while ECS waits", async () => {
    const { end } = await paused("web=v3");
    const abort = await slipway("release", "abort", "staging", "web", "--reason", "not today");
    const { code, said } = await end;

    expect([abort.code, code], `${abort.stdout}${abort.stderr}\n${said}`).to.deep.equal([10, 10]);
    await expectRuns(await imagesOf("from"));
  });
});
