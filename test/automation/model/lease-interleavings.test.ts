import { expect } from "chai";
import fc from "fast-check";
import {
  claimed,
  isStillMine,
  leaseTimes,
  released,
  renewed,
  standing,
  type Lease,
  type LeaseEvidence,
  type LeaseOwner,
} from "../../../automation/model/lease";

/**
 * Several runs on two machines around one record that changes by compare-and-swap. Reading, taking, renewing and
 * releasing are separate steps, so a run may act on what it has read long ago; runs stop for any time and are killed.
 */
class World {
  ms = 10_000_000;
  record: { lease: Lease; version: number } | undefined;
  private versions = 0;
  readonly runs: Run[];

  constructor(places: readonly { readonly machine: string; readonly skewMs: number }[]) {
    this.runs = places.map(({ machine, skewMs }, index) => new Run(this, `run ${index}`, machine, skewMs));
  }

  swap(lease: Lease, expected: number | undefined): number | undefined {
    if (this.record?.version !== expected) return undefined;
    this.versions += 1;
    this.record = { lease, version: this.versions };
    return this.versions;
  }

  holders(): readonly string[] {
    return this.runs.filter((run) => run.believes()).map(({ name }) => name);
  }
}

class Run {
  isAlive = true;
  private read: { lease: Lease | undefined; version: number | undefined; firstSeen: number } | undefined;
  held: { lease: Lease; version: number; renewedAt: number } | undefined;
  readonly fences: number[] = [];

  constructor(
    private readonly world: World,
    readonly name: string,
    private readonly machine: string,
    private readonly skewMs: number,
  ) {}

  private get now(): number {
    return this.world.ms + this.skewMs;
  }

  private get owner(): LeaseOwner {
    const { name, machine } = this;
    return { id: name, user: "kim", host: machine, machine, pid: 1, command: "up" };
  }

  private evidence(firstSeen: number): LeaseEvidence {
    return {
      now: this.now,
      machine: this.machine,
      isAlive: ({ id }) => this.world.runs.some((run) => run.name === id && run.isAlive),
      unchangedMs: this.now - firstSeen,
    };
  }

  /** What a run thinks of itself; a killed one thinks nothing. */
  believes(): boolean {
    return this.isAlive && this.held !== undefined && isStillMine(this.held.renewedAt, this.now);
  }

  look(): void {
    const { record } = this.world;
    const firstSeen = this.read && this.read.version === record?.version ? this.read.firstSeen : this.now;
    this.read = { lease: record?.lease, version: record?.version, firstSeen };
  }

  take(): void {
    if (this.read === undefined || this.held !== undefined) return;
    const next = claimed(this.read.lease, this.owner, this.evidence(this.read.firstSeen));
    if (next === undefined) return;
    const renewedAt = this.now;
    const version = this.world.swap(next, this.read.version);
    if (version === undefined) return;
    this.held = { lease: next, version, renewedAt };
    this.fences.push(next.fence);
  }

  renew(): void {
    if (this.held === undefined) return;
    const lease = renewed(this.held.lease, this.now);
    const version = this.world.swap(lease, this.held.version);
    this.held = version === undefined ? undefined : { lease, version, renewedAt: this.now };
  }

  release(): void {
    if (this.held === undefined) return;
    this.world.swap(released(this.held.lease), this.held.version);
    this.held = undefined;
  }

  kill(): void {
    this.isAlive = false;
    this.held = undefined;
  }

  standing(): string {
    return standing(this.read?.lease ?? { fence: 0 }, this.evidence(this.read?.firstSeen ?? this.now)).kind;
  }
}

const runCount = 4;
/** Two clocks are at most `skewMs` apart. */
const skew = fc.integer({ min: -30_000, max: 30_000 });
const places = (skewOf: fc.Arbitrary<number>) =>
  fc.tuple(skewOf, skewOf).map(([desk, build]) => [
    { machine: "desk", skewMs: desk },
    { machine: "build", skewMs: build },
    { machine: "build", skewMs: build },
    { machine: "desk", skewMs: desk },
  ]);

type Step =
  | { readonly kind: "look" | "take" | "renew" | "release" | "kill"; readonly who: number }
  | { readonly kind: "wait"; readonly ms: number };

const who = fc.integer({ min: 0, max: runCount - 1 });
const step = (kind: Exclude<Step["kind"], "wait">) => who.map((one): Step => ({ kind, who: one }));
const wait = fc
  .oneof(
    fc.integer({ min: 0, max: 3_000 }),
    fc.constantFrom<number>(
      leaseTimes.watchMs,
      leaseTimes.heartbeatMs,
      leaseTimes.ttlMs,
      leaseTimes.ttlMs + leaseTimes.skewMs,
    ),
  )
  .map((ms): Step => ({ kind: "wait", ms }));
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: step("look") },
    { weight: 5, arbitrary: step("take") },
    { weight: 3, arbitrary: step("renew") },
    { weight: 1, arbitrary: step("release") },
    { weight: 1, arbitrary: step("kill") },
    { weight: 4, arbitrary: wait },
  ),
  { minLength: 20, maxLength: 120 },
);

function play(world: World, one: Step): void {
  if (one.kind === "wait") world.ms += one.ms;
  else if (world.runs[one.who]?.isAlive === true) world.runs[one.who]?.[one.kind]();
}

describe("a lease under any interleaving", () => {
  it("never has two holders who may act, with clocks that differ by as much as is allowed for", () => {
    fc.assert(
      fc.property(places(skew), steps, (where, what) => {
        const world = new World(where);
        for (const one of what) {
          play(world, one);
          expect(world.holders().length, world.holders().join(", ")).to.be.at.most(1);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it("gives each holder a higher number than all before", () => {
    fc.assert(
      fc.property(places(skew), steps, (where, what) => {
        const world = new World(where);
        let last = 0;
        for (const one of what) {
          const before = world.record?.lease.fence ?? 0;
          play(world, one);
          const now = world.record?.lease.fence ?? 0;
          expect(now).to.be.within(before, before + 1);
          last = Math.max(last, now);
        }
        const fences = world.runs.flatMap((run) => run.fences);
        expect([new Set(fences).size, Math.max(0, ...fences)]).to.deep.equal([fences.length, last]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is never taken from a holder that gives a sign of life in time, however wrong the clocks are", () => {
    const days = fc.integer({ min: -10 * 86_400_000, max: 10 * 86_400_000 });
    fc.assert(
      fc.property(places(days), steps, (where, what) => {
        const world = new World(where);
        const [holder] = world.runs;
        holder?.look();
        holder?.take();
        let sinceBeat = 0;
        for (const one of what) {
          if (one.kind !== "wait") {
            if (one.who !== 0) play(world, one);
            continue;
          }
          // Whatever the others wait for, the holder's timer goes on.
          for (let left = one.ms; left > 0;) {
            const part = Math.min(left, leaseTimes.heartbeatMs - sinceBeat);
            world.ms += part;
            left -= part;
            sinceBeat += part;
            if (sinceBeat < leaseTimes.heartbeatMs) continue;
            holder?.renew();
            sinceBeat = 0;
          }
          expect(holder?.held?.lease.fence).to.equal(1);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("is free for another machine in the end when its holder is killed, and at once on the same", () => {
    const world = new World([
      { machine: "desk", skewMs: 0 },
      { machine: "build", skewMs: 0 },
      { machine: "desk", skewMs: 0 },
    ]);
    const [killed, far, near] = world.runs;
    killed?.look();
    killed?.take();
    killed?.kill();
    near?.look();
    far?.look();
    expect([near?.standing(), far?.standing()]).to.deep.equal(["dead", "held"]);
    world.ms += leaseTimes.ttlMs + leaseTimes.skewMs + 1;
    expect(far?.standing()).to.equal("expired");
    far?.take();
    expect(world.holders()).to.deep.equal(["run 1"]);
  });
});
