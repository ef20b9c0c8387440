import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { expect } from "chai";
import type { Context } from "../../../automation/context";
import type { Journal } from "../../../automation/model/release/journal";
import { release } from "../../../automation/release/release";
import { endedOf, expectTrueOutcome, expectWholeEnd, newestOf } from "./end-state";
import { openLab, type Lab } from "./lab";
import { noticed, startLoad } from "./way-back-lab";

const shares = [10, 50, 100] as const;
const kinds = ["alarm", "unhealthy target"] as const;
type Kind = (typeof kinds)[number];
/** Between two looks of the driver, in the time of the cloud. */
const pollMs = 5_000;
/** Slow enough that a look takes no time worth counting, and as fast as can be elsewhere. */
const speeds = { measured: 5, other: 40 } as const;

/** When something was so for the first time. */
interface Moment {
  /** Milliseconds of the cloud. */
  readonly at: number;
  readonly real: number;
}

describe("the way back", function () {
  this.timeout(300_000);
  let lab: Lab;
  let context: Context;
  const lines: string[] = [];

  before(async () => {
    lab = await openLab();
    await lab.push("api", ...shares.flatMap((share) => kinds.map((kind) => tagOf(kind, share))));
    context = await lab.context();
  });

  after(async () => {
    process.stdout.write(`\n${lines.join("\n")}\n`);
    await lab.remove();
  });

  const speed = async (value: number): Promise<unknown> => lab.cloud.control("POST", "clock", { speed: value });

  for (const kind of kinds)
    for (const share of shares)
      it(`brings all traffic back within two looks after an ${kind} at ${share} %`, async () => {
        await speed(speeds.other);
        const tag = tagOf(kind, share);
        const ended = await endedOf(context, "api");
        const seen: Partial<Record<"back" | "turned" | "weighed", Moment>> = {};
        const first = (what: keyof typeof seen, at: number): void => {
          seen[what] ??= { at, real: performance.now() };
        };
        let journal: Journal | undefined;
        const isOver = new AbortController();
        let shown: Promise<number> = Promise.resolve(NaN);
        const load = startLoad(await lab.origin(), "/api/orders", 100);
        // A load that nobody stops keeps the whole run from its end.
        isOver.signal.addEventListener("abort", () => void load.stop(), { once: true });
        const driver: Context = {
          ...context,
          traffic: {
            ...context.traffic,
            setWeights: async (routes, weights) => {
              const isBack = seen.turned !== undefined;
              if (isBack) first("weighed", context.clock.now().getTime());
              await context.traffic.setWeights(routes, weights);
              if (isBack) first("back", context.clock.now().getTime());
            },
          },
          journals: noticed(context.journals, async (fact) => {
            if (fact.kind === "turned-back") first("turned", context.clock.now().getTime());
            if (fact.kind === "weights-restored") await speed(speeds.other);
            if (fact.kind !== "shifted" || fact.percent !== share) return;
            journal = await newestOf(context, "api");
            await speed(speeds.measured);
            await lab.cloud.control("POST", "fault", await faultOf(lab, kind, journal));
            shown = shownAt(lab, context, kind, journal, isOver.signal);
          }),
        };

        const { exitCode, summary } = await release(driver, {
          targets: [`api=${tag}`],
          steps: stepsTo(share),
          yes: true,
        }).finally(() => isOver.abort());
        const { failed, sent } = await load.stop();
        await lab.cloud.control("POST", "fault-clear", {});
        const last = await newestOf(context, "api");
        const late = ((seen.back?.at ?? Infinity) - (await shown)) / pollMs;
        const reaction = (seen.weighed?.real ?? Infinity) - (seen.turned?.real ?? 0);
        const own = failed.filter((failure) => failure === `500 of ${tag}`);
        lines.push(
          `    ${kind} at ${share} %: back ${late.toFixed(2)} looks (${(late * 5).toFixed(1)} s of the cloud) after it was shown, ` +
            `weights ${reaction.toFixed(0)} ms after the decision; ${sent} requests, ${own.length} failed, all by ${tag}`,
        );
        expect(exitCode, summary).to.equal(10);
        expect(late, `looks; ${summary}`).to.be.at.most(2);
        expect(reaction, "ms to the weights").to.be.at.most(1_000);
        expect(failed).to.deep.equal(own);
        const slot = await expectWholeEnd(lab, context, last, ended + 1);
        expect(expectTrueOutcome(last, slot)).to.equal("rolled-back");
        // What was still wrong in the last minute is judged after it: the alarm would fire into the next release.
        await context.clock.sleep(2 * alarmPeriodMs);
        await lab.cloud.until("silent alarms", ({ alarms }) =>
          alarms.every(({ state, name }) => state !== "ALARM" || name.startsWith("TargetTracking")),
        );
      });

  it("leaves an environment without differences", async () => {
    expect(await lab.differences()).to.deep.equal([]);
  });
});

/** Of the alarms of the lab's stack file. */
const alarmPeriodMs = 60_000;

const tagOf = (kind: Kind, share: number): string => `bad-${kind === "alarm" ? "alarm" : "target"}-${share}`;

/** The steps before are over at once; the one in which it goes wrong lasts. */
const stepsTo = (share: number): string =>
  shares.map((percent) => `${percent}:${percent === share ? "20m" : "1s"}`).join(",");

async function faultOf(lab: Lab, kind: Kind, { plan }: Journal): Promise<unknown> {
  const service = plan.slots[plan.to.slot]?.serviceName;
  if (kind === "alarm") return { kind: "error-rate", value: 60, service, tag: plan.to.version };
  const state = await lab.cloud.until("a task", ({ tasks }) => tasks.some((task) => task.service === service));
  const task = state.tasks.find((each) => each.service === service && each.status === "RUNNING")?.id;
  return { kind: "never-healthy", task };
}

/** When the cloud showed it first, in milliseconds of its time: the alarm was in ALARM, or a target unhealthy. */
async function shownAt(
  lab: Lab,
  { traffic, clock }: Context,
  kind: Kind,
  { plan }: Journal,
  isOver: AbortSignal,
): Promise<number> {
  const [group = ""] = plan.slots[plan.to.slot]?.targetGroups ?? [];
  while (!isOver.aborted) {
    const now = clock.now().getTime();
    if (kind === "alarm") {
      const { MetricAlarms = [] } = await lab.cloud.cloudWatch.send(
        new DescribeAlarmsCommand({ AlarmNames: [...plan.alarms], StateValue: "ALARM" }),
      );
      const [alarm] = MetricAlarms;
      if (alarm !== undefined) return alarm.StateUpdatedTimestamp?.getTime() ?? NaN;
    } else if ((await traffic.targets(group)).some(({ state }) => state === "unhealthy")) return now;
    await clock.sleep(300);
  }
  return NaN;
}
