import type { Journal } from "../../../automation/model/release/journal";
import { SlipwayError } from "../../../automation/model/errors";
import type { ServicePlan } from "../../../automation/model/release/plan";
import { standOf } from "../../../automation/model/release/fold";
import { runRelease } from "../../../automation/release/loop";
import { FakeWorld } from "../../_fakes/fake-world";
import { FakeDriver, Kill, type Calls, type Faults } from "../../_fakes/fake-world-driver";
import type { Behaviour } from "../../_fakes/fake-world-ecs";

export interface Chaos {
  readonly plan: ServicePlan;
  readonly behaviour: Behaviour;
  readonly requestsPerSecond: number;
  readonly faults: Faults;
  /** How long nobody has the release in hand, from one driver to the next. */
  readonly gapMs: number;
}

/** Drivers after which nothing goes wrong any more. */
const faultyDrivers = 5;
/** More than a release of any plan here takes. */
const mostCalls = 5_000;

/** Runs a release through everything that goes wrong, and resumes it until it is closed. */
export async function runThrough({ plan, behaviour, requestsPerSecond, faults, gapMs }: Chaos): Promise<FakeWorld> {
  const world = new FakeWorld(plan, behaviour, requestsPerSecond);
  world.write(started(plan));
  const calls: Calls = { count: 0, pending: [] };
  for (let drivers = 0; world.open() !== undefined; drivers++) {
    if (drivers > faultyDrivers + 3) throw new Error("it is never closed");
    await drive(world, new FakeDriver(world, drivers < faultyDrivers ? faults : new Map(), calls));
    if (world.open() === undefined) break;
    await world.clock.sleep(gapMs);
    if (calls.count > mostCalls) throw new Error("it goes in a circle");
  }
  return world;
}

async function drive(world: FakeWorld, driver: FakeDriver): Promise<void> {
  const stored = resumed(world);
  if (stored === undefined) return;
  try {
    await runRelease(driver.context(), stored, driver.options());
  } catch (error) {
    const isForeseen = error instanceof Kill || error instanceof SlipwayError || /store does not/.test(String(error));
    if (!isForeseen) throw error;
  }
}

/** What `slipway release resume` begins with: one that has stopped is told to go on. */
function resumed(world: FakeWorld) {
  const stored = world.open();
  if (stored === undefined || standOf(stored.journal).phase !== "halted") return stored;
  const at = world.clock.now().toISOString();
  const entries = [...stored.journal.entries, { kind: "continue-asked", by: "ann@desk", at } as const];
  return world.write({ ...stored.journal, entries }, stored.version);
}

const started = (plan: ServicePlan): Journal => ({
  schema: 1,
  id: "r1-web",
  release: "r1",
  stack: "staging",
  fence: 1,
  startedAt: new Date(0).toISOString(),
  request: {
    command: "release",
    by: { identity: null, user: "ann", host: "desk" },
    services: ["web"],
    order: "parallel",
    allOrNothing: false,
  },
  plan,
  entries: [{ kind: "started", at: new Date(0).toISOString() }],
});
