import { expect } from "chai";
import { behindOurBack, type Change } from "./behind-our-back";
import { newestOf } from "./end-state";
import { openMatrixLab, type MatrixLab, type Next, type RunEnd } from "./matrix-lab";
import { isOfWayBack, places, withEffect, type Place, type Visitor } from "./places";

/** Calls that fail at once: more than the SDK tries one call. */
const failingCalls = 6;
const callFaults = ["throttle", "server-error", "connection-reset", "lost answer"] as const;
type CallFault = (typeof callFaults)[number];
const columns = ["kill", "lost lease", ...callFaults, "weights", "count", "deployment"] as const;
type Fault = (typeof columns)[number];

const unmoved: Visitor = { visit: async () => undefined };

describe("a release that is disturbed", function () {
  this.timeout(600_000);
  let matrix: MatrixLab;
  const table = new Map<string, string>();
  const enter = (fault: Fault, place: Place, text: string): void => void table.set(`${fault} ${place}`, text);

  /** A lab in which both slots have been live once. */
  const open = async (): Promise<void> => {
    matrix = await openMatrixLab();
    const next = await matrix.next();
    const { exitCode, text } = await matrix.run(next.target, undefined, unmoved);
    expect(exitCode, text).to.equal(0);
    expect(await matrix.end(next)).to.equal("done");
  };
  before(open);

  after(async () => {
    process.stdout.write(`\n${drawn(table)}\n`);
    await matrix.remove();
  });

  /** A cell that failed must not be the reason why the next one does. */
  afterEach(async function () {
    if (this.currentTest?.state !== "failed") return;
    process.stdout.write(`${await matrix.lab.told()}\n`);
    await matrix.remove();
    await open();
  });

  const timed = async (fault: Fault, place: Place, work: () => Promise<string>): Promise<string> => {
    const begun = performance.now();
    enter(fault, place, "FAILED");
    const outcome = await work();
    enter(fault, place, `${outcome} ${((performance.now() - begun) / 1000).toFixed(1)}`);
    return outcome;
  };
  for (const way of ["forward", "back"] as const) {
    const own = places.filter((place) => isOfWayBack(place) === (way === "back"));
    const end = way === "back" ? "rolled-back" : "done";
    const chained = async (fault: Fault, work: (next: Next, struck: (place: Place) => void) => Promise<void>) => {
      const next = await matrix.next();
      const times = new Map<Place, number>();
      for (const place of own) enter(fault, place, "FAILED");
      let last: Place | undefined;
      let begun = performance.now();
      const struck = (place: Place | undefined): void => {
        if (last !== undefined) times.set(last, (performance.now() - begun) / 1000);
        [last, begun] = [place, performance.now()];
      };
      await work(next, struck);
      struck(undefined);
      const outcome = await matrix.end(next);
      for (const place of own) enter(fault, place, `${outcome} ${times.get(place)?.toFixed(1)}`);
      expect(outcome).to.equal(end);
    };

    it(`by a kill in one place after the other on its way ${way} is ${end}`, async () =>
      chained("kill", async ({ target }, struck) => {
        let isBegun = false;
        for (const place of own) {
          await matrix.killedAt(isBegun ? undefined : target, place);
          struck(place);
          isBegun = place !== "preflight";
        }
        await matrix.resume();
      }));

    it(`by the loss of its lock in one place after the other on its way ${way} is ${end}, by the last driver`, async () =>
      chained("lost lease", async ({ target }, struck) => {
        let isBegun = false;
        const asleep: Halted[] = [];
        for (const place of own) {
          const halted = halt(matrix, isBegun ? undefined : target, place);
          await Promise.race([
            halted.reached,
            halted.end.then((found) => expect.fail(`not at ${place}: ${found.text}`)),
          ]);
          struck(place);
          await freeLocks(matrix);
          // One wakes up when the release is two places further, in other hands.
          if (asleep.push(halted) > 2) await asleep.shift()?.lost();
          isBegun = place !== "preflight";
        }
        const resumed = await matrix.resume();
        for (const halted of asleep) await halted.lost();
        expect(resumed.exitCode, resumed.text).to.equal(way === "back" ? 10 : 0);
      }));
  }

  for (const place of places) {
    for (const change of Object.keys(behindOurBack) as Change[])
      it(`by somebody who changes the ${change} at ${place} leaves one slot that serves`, async () => {
        await timed(change, place, async () => {
          const next = await matrix.next();
          const { exitCode } = await matrix.run(next.target, place, {
            visit: async (at) => (at === place ? change_(matrix, change, place, next) : undefined),
          });
          if (exitCode !== 3) return matrix.end(next);
          const plan = await planOf(matrix, next);
          const { live, idle } = next;
          const all = { [live]: 100, [idle]: 0 } as Record<"blue" | "green", number>;
          await matrix.context.traffic.setWeights(plan.routes, all);
          return matrix.end(next, false);
        });
      });
  }

  for (const fault of callFaults)
    for (const way of ["forward", "back"] as const)
      it(`by ${fault} wherever it calls on its way ${way} goes on`, async () => {
        const own = places.filter((place) => isOfWayBack(place) === (way === "back"));
        const left = new Set(own.filter((place) => fault !== "lost answer" || withEffect.has(place)));
        for (const place of own) enter(fault, place, left.has(place) ? "FAILED" : "- it only looks");
        for (let run = 0; left.size > 0 && run < own.length; run++) await disturbedRun(matrix, fault, left, enter);
        expect([...left]).to.deep.equal([]);
      });
});

/** One release, with the fault in every place that it comes to and that is left. */
async function disturbedRun(
  matrix: MatrixLab,
  fault: CallFault,
  left: Set<Place>,
  enter: (fault: Fault, place: Place, text: string) => void,
): Promise<void> {
  const next = await matrix.next();
  const struck = new Map<Place, number>();
  const [some] = left;
  const strike = (place: Place): boolean => left.delete(place) && struck.set(place, performance.now()) !== undefined;
  const times = new Map<Place, number>();
  const passed = (): void => {
    for (const [place, at] of struck) if (!times.has(place)) times.set(place, performance.now() - at);
  };
  const end = await matrix.run(next.target, some, {
    async visit(place) {
      passed();
      if (fault === "lost answer" || !left.has(place)) return;
      strike(place);
      await matrix.lab.cloud.control("POST", "fault", { kind: fault, count: failingCalls });
    },
    loses: (place) => fault === "lost answer" && strike(place),
  });
  passed();
  await matrix.calm();
  if (end.code !== undefined) await matrix.resume();
  const isRecorded = (await matrix.next()).ended > next.ended;
  const outcome = await matrix.end(next, isRecorded);
  for (const place of struck.keys()) enter(fault, place, `${outcome} ${((times.get(place) ?? 0) / 1000).toFixed(1)}`);
}

async function planOf({ context }: MatrixLab, { live, idle }: Next) {
  const { plan } = await newestOf(context, "web");
  const contentOf = (slot: Next["live"]) => (plan.from.slot === slot ? plan.from : plan.to);
  return { ...plan, from: contentOf(live), to: contentOf(idle) };
}

async function change_(matrix: MatrixLab, change: Change, place: Place, next: Next): Promise<void> {
  await behindOurBack[change](matrix.context, await planOf(matrix, next), place);
}

/** As `slipway unlock --force` does. */
async function freeLocks({ context }: MatrixLab): Promise<void> {
  for (const lock of [context.serviceLock("web"), context.lock]) {
    const view = await lock.look();
    if (view?.standing === "held") await lock.free(view);
  }
}

interface Halted {
  readonly reached: Promise<void>;
  readonly end: Promise<RunEnd>;
  /** Lets it go on: it has to notice that it has lost its lock. */
  lost(): Promise<void>;
}

/** A driver in this process that is asleep from a place on. */
function halt(matrix: MatrixLab, target: string | undefined, place: Place): Halted {
  const [reached, goOn] = [gate(), gate()];
  const end = matrix.run(target, place, {
    visit: async (at) => {
      if (at !== place) return;
      reached.open();
      await goOn.opened;
    },
  });
  return {
    reached: reached.opened,
    end,
    async lost() {
      goOn.open();
      const { code, text } = await end;
      expect(code, `${place}: ${text}`).to.equal("lock-lost");
    },
  };
}

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

/** Outcome and seconds by place and fault. */
function drawn(table: ReadonlyMap<string, string>): string {
  const rows = places.map((place) => [place, ...columns.map((fault) => table.get(`${fault} ${place}`) ?? "not run")]);
  const all = [["", ...columns], ...rows];
  const widths = all[0]?.map((_, index) => Math.max(...all.map((row) => row[index]?.length ?? 0))) ?? [];
  return all.map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ")).join("\n");
}
