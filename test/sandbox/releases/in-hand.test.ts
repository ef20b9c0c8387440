import { expect } from "chai";
import type { Context } from "../../../automation/context";
import { start as startSlipway, type Started } from "../../_helpers/started";
import { endedOf, expectTrueOutcome, expectWholeEnd, newestOf } from "./end-state";
import { openLab, type Lab } from "./lab";

/** Long enough to do something meanwhile; for whoever waits for its end the clock goes faster. */
const longBake = ["--bake", "30m"];
const consent = ["--sandbox", "--yes"];

describe("a release in somebody's hands", function () {
  this.timeout(300_000);
  let lab: Lab;
  let context: Context;

  before(async () => {
    lab = await openLab();
    for (const service of ["web", "api"]) await lab.push(service, "v2", "v3", "v4");
    context = await lab.context();
  });

  after(() => lab.remove());

  const start = (...words: readonly string[]): Started => startSlipway(lab, ...words, ...consent);

  /** Until the new version of a service has its first share. */
  const shifted = (service: string, run: Started): Promise<void> => run.says(new RegExp(`${service} bake `));

  /** Lets the bakes of a release be over soon. */
  const pastBakes = async ({ end }: Started) => {
    await lab.cloud.control("POST", "clock", { speed: 600 });
    try {
      return await end;
    } finally {
      await lab.cloud.control("POST", "clock", { speed: 60 });
    }
  };

  it("is refused to a second run, which names the first", async () => {
    const ended = await endedOf(context, "web");
    const first = start("release", "staging", "web=v2", ...longBake);
    await shifted("web", first);

    const second = await start("release", "staging", "web=v3").end;
    const { code } = await pastBakes(first);

    const { user, host } = context.machine;
    expect([second.code, second.said.includes(`${user}@${host}`)], second.said).to.deep.equal([4, true]);
    expect(code).to.equal(0);
    await expectWholeEnd(lab, context, await newestOf(context, "web"), ended + 1);
  });

  it("leaves another service free to be released", async () => {
    const [web, api] = [start("release", "staging", "web=v3"), start("release", "staging", "api=v2")];
    const ends = await Promise.all([web.end, api.end]);

    expect(
      ends.map(({ code }) => code),
      ends.map(({ said }) => said).join("\n"),
    ).to.deep.equal([0, 0]);
    for (const service of ["web", "api"]) {
      const journal = await newestOf(context, service);
      const slot = await expectWholeEnd(lab, context, journal, await endedOf(context, service));
      expect(expectTrueOutcome(journal, slot)).to.equal("done");
    }
  });

  it("goes back when another process says so", async () => {
    const ended = await endedOf(context, "web");
    const first = start("release", "staging", "web=v4", ...longBake);
    await shifted("web", first);

    const abort = await start("release", "abort", "staging", "web", "--reason", "not today").end;
    const { code, said } = await first.end;

    expect([code, abort.code], `${said}\n${abort.said}`).to.deep.equal([10, 10]);
    expect(said).to.contain("not today");
    const journal = await newestOf(context, "web");
    const slot = await expectWholeEnd(lab, context, journal, ended + 1);
    expect(expectTrueOutcome(journal, slot)).to.equal("rolled-back");
  });

  it("says at Ctrl-C where it is and how to go on, and goes on by that", async () => {
    const ended = await endedOf(context, "web");
    const first = start("release", "staging", "web=v4", ...longBake);
    await shifted("web", first);

    first.interrupt();
    const { code, said } = await first.end;
    const lock = await context.serviceLock("web").look();
    const resumed = start("release", "resume", "staging");

    expect([code, lock], said).to.deep.equal([1, undefined]);
    expect(said).to.contain("slipway release resume").and.to.contain("the release of web is where it was");
    const { code: end, said: told } = await pastBakes(resumed);
    expect(end, told).to.equal(0);
    const journal = await newestOf(context, "web");
    const slot = await expectWholeEnd(lab, context, journal, ended + 1);
    expect(expectTrueOutcome(journal, slot)).to.equal("done");
  });
});
