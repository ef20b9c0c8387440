import { expect } from "chai";
import fc from "fast-check";
import { CloudError } from "../../../automation/model/cloud-error";
import { endOf, type SwitchFact } from "../../../automation/model/switch/journal";
import type { TargetView } from "../../../automation/model/release/observed";
import type { Step } from "../../../automation/model/release/strategy";
import { runSwitch, type LoopContext } from "../../../automation/switch/loop";
import { FakeClock } from "../../_fakes/fake-clock";
import { answered, FakeHttp } from "../../_fakes/fake-http";
import { FakeContainers } from "../../_fakes/fake-containers";
import { FakeDns } from "../../_fakes/fake-dns";
import { FakeMetrics } from "../../_fakes/fake-metrics";
import { FakeSwitchRecords } from "../../_fakes/fake-switch-records";
import { FakeTraffic } from "../../_fakes/fake-traffic";
import { aCheck, aSwitchJournal, aSwitchPlan } from "../../_helpers/a-switch";

/** What goes wrong, and when: kills by the number of the call, the rest by the clock. */
interface Mishaps {
  /** Each run ends before its call of this number; after them a run goes through. */
  readonly kills: readonly number[];
  /** Runs after which somebody wants it back. */
  readonly backAfter: number | null;
  /** Calls to Route 53 that are throttled, by their number. */
  readonly throttled: readonly number[];
  /** Seconds at which the targets of a colour change between healthy and unhealthy. */
  readonly flips: Readonly<Record<"blue" | "green", readonly number[]>>;
  readonly publicAnswer: number;
  readonly steps: readonly Step[];
}

class Killed extends Error {}

class World {
  readonly clock = new FakeClock();
  readonly switches = new FakeSwitchRecords();
  readonly dns = new FakeDns();
  private tries = 0;
  private calls = 0;
  private killAt = Infinity;
  private readonly sentAt = new Map<string, number>();

  constructor(private readonly mishaps: Mishaps) {
    this.dns.isEverywhere = (change) => this.seconds() - (this.sentAt.get(change) ?? 0) >= 45;
  }

  seconds(): number {
    return this.clock.now().getTime() / 1_000;
  }

  isWell(colour: "blue" | "green"): boolean {
    return this.mishaps.flips[colour].filter((second) => second <= this.seconds()).length % 2 === 0;
  }

  killAfter(calls: number): void {
    this.calls = 0;
    this.killAt = calls;
  }

  context(): LoopContext {
    const [containers, http] = [new FakeContainers(), new FakeHttp()];
    for (const name of ["blue-web", "green-web"]) containers.services.set(name, aService(name));
    const traffic = Object.assign(new FakeTraffic(), {
      targets: async (group: string): Promise<readonly TargetView[]> => [
        { id: "1", state: this.isWell(group === "arn:blue" ? "blue" : "green") ? "healthy" : "unhealthy", reason: "" },
      ],
    });
    http.answers.set(aCheck.url, answered(200));
    http.answers.set("http://www.shop.example/health", answered(this.mishaps.publicAnswer));
    const ports = { containers, traffic, metrics: new FakeMetrics() };
    return {
      clock: this.clock,
      http,
      environments: { blue: ports, green: ports },
      switches: {
        last: () => this.switches.last(),
        write: async (journal, version) => {
          this.step();
          const stored = await this.switches.write(journal, version);
          // A kill may come right after a write as well.
          this.step();
          return stored;
        },
      },
      dns: {
        weighted: async () => this.dns.weighted(),
        isInSync: async (change) => this.dns.isInSync(change),
        weigh: async (name, weights) => {
          this.step();
          this.tries += 1;
          if (this.mishaps.throttled.includes(this.tries))
            throw new CloudError("transient", "route53:ChangeResourceRecordSets", "Throttling", "slow down");
          const change = await this.dns.weigh(name, weights);
          this.sentAt.set(change, this.seconds());
          this.step();
          return change;
        },
      },
    };
  }

  private step(): void {
    this.calls += 1;
    if (this.calls > this.killAt) throw new Killed();
  }
}

const aService = (serviceName: string) => ({
  serviceName,
  status: "ACTIVE" as const,
  taskDefinition: "td",
  desired: 1,
  running: 1,
  pending: 0,
  deployments: [],
  events: [],
});

/** Runs until it is over, through all kills. */
async function endure(mishaps: Mishaps) {
  const world = new World(mishaps);
  const plan = aSwitchPlan({ steps: mishaps.steps });
  await world.switches.write(aSwitchJournal([], plan), undefined);
  for (const [run, kill] of [...mishaps.kills, Infinity].entries()) {
    const stored = await world.switches.last();
    if (stored === undefined || endOf(stored.journal) !== undefined) break;
    world.killAfter(kill);
    await runSwitch(world.context(), await wantedBack(world, mishaps.backAfter === run), {
      fence: run,
      assertHeld: async () => undefined,
      show: () => undefined,
      atEnd: async () => undefined,
    }).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
  }
  const journal = world.switches.stored?.journal;
  if (journal === undefined) throw new Error("no journal");
  const weights = Object.fromEntries(world.dns.records.map(({ setIdentifier, weight }) => [setIdentifier, weight]));
  return { journal, weights, world };
}

async function wantedBack({ switches, clock }: World, isWanted: boolean) {
  const stored = await switches.last();
  if (stored === undefined) throw new Error("no journal");
  if (!isWanted || stored.journal.entries.some(({ kind }) => kind === "turned-back")) return stored;
  const fact: SwitchFact = { kind: "turned-back", cause: { kind: "aborted", text: "kim wants it back" } };
  const entries = [...stored.journal.entries, { ...fact, at: clock.now().toISOString() }];
  return (await switches.write({ ...stored.journal, entries }, stored.version)) ?? stored;
}

const seconds = fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 4 });
const mishaps: fc.Arbitrary<Mishaps> = fc.record({
  kills: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 6 }),
  backAfter: fc.option(fc.integer({ min: 0, max: 5 })),
  throttled: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
  flips: fc.record({ blue: seconds, green: seconds }),
  publicAnswer: fc.constantFrom(200, 503),
  steps: fc
    .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 3 })
    .map((percents) =>
      [...percents.sort((one, other) => one - other), 100].map((percent) => ({ percent, bakeSeconds: 120 })),
    ),
});

/** What each end says about the weights: blue and green. */
const ends = {
  done: { blue: 0, green: 100 },
  refused: { blue: 100, green: 0 },
  "rolled-back": { blue: 100, green: 0 },
  stuck: { blue: 0, green: 100 },
};

describe("a switch that is killed again and again", () => {
  it("ends with all the traffic on one colour, the one that its record tells", async () => {
    await fc.assert(
      fc.asyncProperty(mishaps, async (chosen) => {
        const { journal, weights } = await endure(chosen);
        const outcome = endOf(journal)?.outcome;
        expect(outcome).not.to.equal(undefined);
        expect(weights).to.deep.equal(ends[outcome ?? "done"]);
      }),
      { numRuns: 250 },
    );
  });
});
