import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Context } from "../../../automation/context";
import { SlipwayError } from "../../../automation/model/errors";
import type { Report } from "../../../automation/model/report";
import { release } from "../../../automation/release/release";
import { resume } from "../../../automation/release/resume";
import { slots, type Slot } from "../../../infra/releases";
import { endedOf, expectTrueOutcome, expectWholeEnd, newestOf, rememberedOf } from "./end-state";
import type { Order, Word } from "./killed-driver";
import { openLab, type Lab } from "./lab";
import { isOfWayBack, visited, type Place, type Visitor } from "./places";

/** Seconds of the cloud for one: bakes of a minute are half a second, and no time limit is near. */
const speed = 120;
const service = "web";

/** How a run of the driver ended. */
export interface RunEnd {
  readonly exitCode: number;
  /** Of its error. */
  readonly code?: string;
  /** What it said last. */
  readonly text: string;
}

/** A lab in which one release after the other is disturbed. */
export interface MatrixLab {
  readonly lab: Lab;
  /** An undisturbed driver. */
  readonly context: Context;
  /** The release that comes next, between the versions that are there. */
  next(): Promise<Next>;
  /**
   * Releases with somebody beside the driver, or goes on without a target; on the way back when one of its places is
   * wanted.
   */
  run(target: string | undefined, place: Place | undefined, visitor: Visitor): Promise<RunEnd>;
  /** Goes on undisturbed. */
  resume(): Promise<RunEnd>;
  /** A process that releases, or goes on without a target, and is killed at a place. */
  killedAt(target: string | undefined, place: Place): Promise<void>;
  /** Lets nothing go wrong any more. */
  calm(): Promise<void>;
  /** Asks AWS, and gives the outcome of the release. @param hasBegun whether there is a record of it */
  end(next: Next, hasBegun?: boolean): Promise<string>;
  remove(): Promise<void>;
}

export interface Next {
  readonly target: string;
  readonly live: Slot;
  readonly idle: Slot;
  /** Releases that are over. */
  readonly ended: number;
}

export async function openMatrixLab(): Promise<MatrixLab> {
  const lab = await openLab();
  await lab.push(service, "v2", "v3");
  await lab.cloud.control("POST", "clock", { speed });
  const context = deaf(await lab.context());
  let spare = driver(lab);
  const alarmAt50 = async (place: Place | undefined, at: Place): Promise<void> => {
    if (place === undefined || !isOfWayBack(place) || at !== "bake at 50 %") return;
    const [value] = (await newestOf(context, service)).plan.alarms;
    await lab.cloud.control("POST", "fault", { kind: "alarm-forced", value });
  };
  const calm = async (): Promise<void> => {
    await lab.cloud.control("POST", "fault-clear", {});
    // Those of the scaling fire whenever there is little to do.
    await lab.cloud.until("silent alarms", ({ alarms }) =>
      alarms.every(({ state, name }) => state !== "ALARM" || name.startsWith("TargetTracking")),
    );
  };
  return {
    lab,
    context,
    calm,
    async next() {
      const { live, slots: contents } = rememberedOf(lab, service);
      const version = contents[live]?.version === "v2" ? "v3" : "v2";
      const [idle = "green"] = slots.filter((slot) => slot !== live);
      return { target: `${service}=${version}`, live, idle, ended: await endedOf(context, service) };
    },
    run: async (target, place, visitor) =>
      ended(async () => {
        const disturbed = visited(context, {
          ...visitor,
          async visit(at) {
            await alarmAt50(place, at);
            await visitor.visit(at);
          },
        });
        return target === undefined
          ? resume(disturbed, { yes: true })
          : release(disturbed, { targets: [target], yes: true });
      }),
    resume: async () => ended(async () => resume(context, { yes: true })),
    async killedAt(target, place) {
      const child = await spare;
      spare = driver(lab);
      const order: Order = { lab: lab.place, target, at: place };
      child.send(order);
      for (;;) {
        const [word] = (await once(child, "message")) as [Word];
        if (word === "there") break;
        if (word === "at 50") await alarmAt50(place, "bake at 50 %");
        else throw new Error(`the driver did not come to ${place}: ${JSON.stringify(word)}`);
        child.send("on");
      }
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    async end({ ended: before, live }, hasBegun = true) {
      await calm();
      const journal = await newestOf(context, service);
      const slot = await expectWholeEnd(lab, context, journal, before + (hasBegun ? 1 : 0));
      if (hasBegun) return expectTrueOutcome(journal, slot);
      return slot === live ? "refused" : "a release without a record";
    },
    async remove() {
      (await spare).kill("SIGKILL");
      await lab.remove();
    },
  };
}

/** A driver in a process of its own that waits for its order. */
async function driver({ place }: Lab): Promise<ChildProcess> {
  const child = fork(join(__dirname, "killed-driver.ts"), [], {
    env: place.env,
    execArgv: ["-r", "ts-node/register/transpile-only"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await once(child, "message");
  return child;
}

/** Signals are for the one that runs the tests. */
const deaf = (context: Context): Context => {
  const never = new AbortController().signal;
  return {
    ...context,
    interrupts: () => ({ stop: never, terminate: never }),
    farewell: { before: () => () => undefined },
  };
};

async function ended(work: () => Promise<Report>): Promise<RunEnd> {
  try {
    const { exitCode = 0, summary } = await work();
    return { exitCode, text: summary };
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    return { exitCode: error.exitCode, code: error.code, text: error.message };
  }
}
