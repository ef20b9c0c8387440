import { expect } from "chai";
import fc from "fast-check";
import { decideRolling, type RollingFacts } from "../../../../sandbox/ecs/scheduler/decide-rolling";
import { limitsOf } from "../../../../sandbox/ecs/scheduler/limits";
import type { TaskFact } from "../../../../sandbox/ecs/scheduler/task-facts";
import { aTaskFact } from "./a-task-fact";

let count = 0;

const task = (deploymentId: string, change: Partial<TaskFact> = {}): TaskFact => {
  const number = ++count;
  return aTaskFact(`t${number}`, deploymentId, { createdAt: new Date(number), ...change });
};

const starting = (deploymentId: string) => task(deploymentId, { phase: "starting", isHealthy: false, hasRun: false });
const sick = (deploymentId: string) => task(deploymentId, { isHealthy: false, sickness: { kind: "container" } });
const many = (number: number, make: () => TaskFact): TaskFact[] => Array.from({ length: number }, make);

const facts = (desired: number, limits: readonly [number, number], tasks: readonly TaskFact[]): RollingFacts => ({
  desired,
  minimumHealthyPercent: limits[0],
  maximumPercent: limits[1],
  primaryId: "new",
  mayStart: true,
  isFrozen: false,
  tasks,
});

/** Plays a deployment whose tasks all get healthy; every entry says what was started and what was stopped. */
function play(desired: number, limits: readonly [number, number]): string[] {
  let tasks = many(desired, () => task("old"));
  const steps: string[] = [];
  for (let step = 0; step < 30; step++) {
    const { starts, stops, isStuck } = decideRolling(facts(desired, limits, tasks));
    const started = starts.reduce((sum, { count: number }) => sum + number, 0);
    if (isStuck) return [...steps, "stuck"];
    if (started + stops.length > 0)
      steps.push([started && `start ${started}`, stops.length && `stop ${stops.length}`].filter(Boolean).join(", "));
    const gone = new Set(stops.map((stop) => stop.task.id));
    tasks = tasks
      .filter(({ phase }) => phase !== "leaving")
      .map((one): TaskFact => (one.phase === "starting" ? { ...one, phase: "running", isHealthy: true } : one))
      .map((one): TaskFact => (gone.has(one.id) ? { ...one, phase: "leaving", isHealthy: false } : one));
    tasks.push(...many(started, () => starting("new")));
  }
  expect(tasks.map(({ deploymentId, isHealthy }) => [deploymentId, isHealthy])).to.deep.equal(
    many(desired, () => task("new")).map(() => ["new", true]),
  );
  return steps;
}

describe("a rolling update", () => {
  const table: readonly [desired: number, min: number, max: number, steps: readonly string[]][] = [
    [1, 100, 200, ["start 1", "stop 1"]],
    [2, 100, 200, ["start 2", "stop 2"]],
    [3, 100, 200, ["start 3", "stop 3"]],
    [4, 100, 200, ["start 4", "stop 4"]],
    [1, 50, 100, ["stuck"]],
    [2, 50, 100, ["stop 1", "start 1", "stop 1", "start 1"]],
    [3, 50, 100, ["stop 1", "start 1", "stop 1", "start 1", "stop 1", "start 1"]],
    [4, 50, 100, ["stop 2", "start 2", "stop 2", "start 2"]],
    [1, 0, 100, ["stop 1", "start 1"]],
    [2, 0, 100, ["stop 2", "start 2"]],
    [3, 0, 100, ["stop 3", "start 3"]],
    [4, 0, 100, ["stop 4", "start 4"]],
    // The two that AWS names as stuck.
    [2, 75, 100, ["stuck"]],
    [3, 100, 125, ["stuck"]],
  ];
  for (const [desired, min, max, steps] of table) {
    it(`of ${desired} with ${min} to ${max} percent goes: ${steps.join(", ")}`, () => {
      expect(play(desired, [min, max])).to.deep.equal(steps);
    });
  }

  it("takes an old one away for each new one that gets healthy", () => {
    const tasks = [...many(4, () => task("old")), task("new"), ...many(3, () => starting("new"))];
    const { starts, stops } = decideRolling(facts(4, [100, 200], tasks));
    expect({ starts, stopped: stops.map((stop) => stop.task.deploymentId) }).to.deep.equal({
      starts: [],
      stopped: ["old"],
    });
  });

  it("counts tasks on their way out against the maximum", () => {
    const leaving = task("old", { phase: "leaving", isHealthy: false });
    const { starts } = decideRolling(facts(2, [0, 100], [leaving, task("new")]));
    expect(starts).to.deep.equal([]);
  });

  it("lets old ones go at once that are not healthy", () => {
    const weak = task("old", { isHealthy: false });
    const { stops } = decideRolling(facts(2, [100, 200], [task("old"), weak]));
    expect(stops.map((stop) => stop.task.id)).to.deep.equal([weak.id]);
  });

  it("starts nothing while starts are held back, and nothing more once it has failed", () => {
    const tasks = many(2, () => task("old"));
    const held = decideRolling({ ...facts(2, [100, 200], tasks), mayStart: false });
    const failed = decideRolling({ ...facts(2, [50, 200], tasks), isFrozen: true });
    const nothing = { starts: [], stops: [], isStuck: false };
    expect([held, failed]).to.deep.equal([nothing, nothing]);
  });
});

describe("a service that runs", () => {
  it("starts a replacement first and stops the sick task once that is healthy", () => {
    const bad = sick("new");
    const first = decideRolling(facts(1, [100, 200], [bad]));
    const waiting = decideRolling(facts(1, [100, 200], [bad, starting("new")]));
    const last = decideRolling(facts(1, [100, 200], [bad, task("new")]));
    expect([first, waiting, last]).to.deep.equal([
      { starts: [{ deploymentId: "new", count: 1, replaced: 1 }], stops: [], isStuck: false },
      { starts: [], stops: [], isStuck: false },
      { starts: [], stops: [{ task: bad, because: { kind: "container" } }], isStuck: false },
    ]);
  });

  it("stops sick tasks one by one where there is no room for a replacement", () => {
    const bad = [sick("new"), sick("new")];
    const first = decideRolling(facts(2, [50, 100], bad));
    const next = decideRolling(facts(2, [50, 100], [task("new", { phase: "leaving", isHealthy: false }), sick("new")]));
    expect([first.stops.map((stop) => stop.task.id), next.stops]).to.deep.equal([[bad[0]?.id], []]);
  });

  it("gives up the unhealthy first, then the oldest of the zone that has most", () => {
    const inA = [task("new", { zone: "a" }), task("new", { zone: "a" })];
    const inB = task("new", { zone: "b" });
    const weak = task("new", { zone: "b", isHealthy: false });
    const { stops } = decideRolling(facts(2, [100, 200], [inB, ...inA, weak]));
    expect(stops.map((stop) => stop.task.id)).to.deep.equal([weak.id, inA[0]?.id]);
  });

  it("stops everything when nothing is wanted", () => {
    const { stops } = decideRolling(facts(0, [100, 200], [task("new"), task("old"), starting("new")]));
    expect(stops.length).to.equal(3);
  });
});

describe("whatever happens to tasks", () => {
  const limits = fc.tuple(fc.constantFrom(0, 30, 50, 75, 100), fc.constantFrom(100, 125, 150, 200));
  /** What becomes of each task between two steps. */
  const fates = fc.array(
    fc.array(fc.constantFrom("well", "well", "slow", "sick", "crash"), { minLength: 20, maxLength: 20 }),
    {
      minLength: 10,
      maxLength: 25,
    },
  );

  it("the scheduler never takes healthy ones below the minimum, and never has more than the maximum", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8 }),
        limits,
        fates,
        fc.boolean(),
        (desired, percents, rounds, isFrozen) => {
          let tasks = many(desired, () => task("old"));
          const { min, max } = limitsOf(desired, { minimumHealthyPercent: percents[0], maximumPercent: percents[1] });
          for (const round of rounds) {
            const { starts, stops } = decideRolling({ ...facts(desired, percents, tasks), isFrozen });
            const stopped = new Set(stops.map((stop) => stop.task.id));
            expect(stopped.size, "nobody is stopped twice").to.equal(stops.length);
            const sound = tasks.filter(({ isHealthy, sickness }) => isHealthy && !sickness);
            const left = sound.filter(({ id }) => !stopped.has(id)).length;
            expect(left).to.be.least(Math.min(min, sound.length));
            const added = starts.reduce((sum, { count: number }) => sum + number, 0);
            const total = tasks.filter(({ phase }) => phase !== "gone").length + added;
            expect(total).to.be.most(Math.max(max, tasks.filter(({ phase }) => phase !== "gone").length));
            tasks = [...tasks, ...many(added, () => starting("new"))].flatMap((one, index) =>
              later(one, stopped.has(one.id), round[index % round.length] ?? "well"),
            );
          }
        },
      ),
    );
  });

  it("it gets where it is to get when tasks behave", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), limits, (desired, percents) => {
        const steps = play(desired, percents);
        const { min, max } = limitsOf(desired, { minimumHealthyPercent: percents[0], maximumPercent: percents[1] });
        expect(steps.at(-1) === "stuck").to.equal(min === desired && max === desired);
      }),
    );
  });
});

function later(one: TaskFact, isStopped: boolean, fate: string): TaskFact[] {
  if (one.phase === "leaving") return fate === "slow" ? [one] : [];
  if (isStopped || fate === "crash") return [{ ...one, phase: "leaving", isHealthy: false, sickness: undefined }];
  if (fate === "slow") return [one];
  if (fate === "sick") return [{ ...one, phase: "running", isHealthy: false, sickness: { kind: "container" } }];
  return [{ ...one, phase: "running", isHealthy: true, sickness: undefined }];
}
