import type { Journal } from "../../automation/model/release/journal";
import type { AlarmView, RouteView, SideFigures } from "../../automation/model/release/observed";
import type { Route, ServicePlan, Weights } from "../../automation/model/release/plan";
import type { ImageRun } from "../../automation/ports/engine";
import type { StoredJournal } from "../../automation/ports/journals";
import type { Images, Releases, Slot } from "../../infra/releases";
import { FakeClock } from "./fake-clock";
import { FakeEcsService, type Behaviour } from "./fake-world-ecs";

/** So long must a bad version answer before its alarm fires. */
const alarmAfterMs = 8_000;

/** A version's images name it: `shop:<version>`. */
const versionOf = (images: Images): string => Object.values(images)[0]?.split(":")[1] ?? "";

/**
 * A small AWS with one service, the engine's state and the records, which drivers come and go in front of. Everything
 * is synchronous; time moves only with the clock.
 */
export class FakeWorld {
  readonly clock = new FakeClock();
  readonly services: Readonly<Partial<Record<Slot, FakeEcsService>>>;
  /** Fence of the lease that is held now; who has a smaller one has lost it. */
  fence = 1;
  stackLock: number | undefined;
  closed: Journal | undefined;
  /** What the stack remembers. */
  releases: Releases;
  private readonly weights: Map<string, Weights>;
  /** By task definition. */
  private readonly images = new Map<string, Images>();
  /** Task definition of each slot as the engine's state has it. */
  private readonly state: Partial<Record<Slot, string>> = {};
  private revisions = 0;
  private stored: StoredJournal | undefined;
  private answersBadlySince: number | undefined;

  constructor(
    readonly plan: ServicePlan,
    private readonly behaviour: Behaviour,
    private readonly requestsPerSecond = 20,
  ) {
    const { from, to } = plan;
    const slots = Object.keys(plan.slots) as Slot[];
    this.services = Object.fromEntries(
      slots.map((slot) => {
        const arn = this.register(slot, slot === from.slot ? from.images : { web: "shop:v0" });
        this.state[slot] = arn;
        const name = plan.slots[slot]?.serviceName ?? "";
        const count = slot === from.slot ? plan.count : 0;
        return [slot, new FakeEcsService(name, arn, count, 0, (taskDefinition) => this.behaviourOf(taskDefinition))];
      }),
    );
    const weights = share(from.slot, 100);
    this.weights = new Map(plan.routes.map(({ arn }) => [arn, weights]));
    this.releases = {
      [plan.service]: {
        live: from.slot,
        slots: { [to.slot]: { images: { web: "shop:v0" } }, [from.slot]: { images: from.images } },
        weights,
      },
    };
  }

  /** Brings everything to the clock's time. */
  advance(): void {
    const now = this.clock.now().getTime();
    for (const service of Object.values(this.services)) service.advance(now);
    const isBad = this.behaviour === "alarms" && this.freshShare() > 0;
    this.answersBadlySince = isBad ? (this.answersBadlySince ?? now) : undefined;
  }

  service(name: string): FakeEcsService | undefined {
    return Object.values(this.services).find((service) => service.name === name);
  }

  imagesOf(taskDefinition: string): Images {
    return this.images.get(taskDefinition) ?? {};
  }

  routes(): readonly RouteView[] {
    return this.plan.routes.map(({ arn }) => ({ arn, weights: this.weights.get(arn) ?? { blue: 0, green: 0 } }));
  }

  weigh(routes: readonly Pick<Route, "arn">[], weights: Weights): void {
    for (const { arn } of routes) this.weights.set(arn, weights);
  }

  alarms(names: readonly string[]): readonly AlarmView[] {
    const since = this.answersBadlySince;
    const fires = since !== undefined && this.clock.now().getTime() - since >= alarmAfterMs;
    return names.map((name) => ({ name, state: fires ? "ALARM" : "OK", reason: fires ? "too many errors" : "" }));
  }

  figures(groups: readonly string[], from: Date, to: Date): SideFigures {
    const isFresh = groups.some((group) => group.includes(this.plan.to.slot));
    const part = isFresh ? this.freshShare() : 1 - this.freshShare();
    const requests = Math.round(((to.getTime() - from.getTime()) / 1000) * this.requestsPerSecond * part);
    const isWorse = isFresh && this.behaviour === "worse";
    return { requests, errors: isWorse ? Math.ceil(requests / 5) : 0, latencyP95: requests === 0 ? null : 0.1 };
  }

  /** The version that answers a check, if any does. */
  answer(side: "idle" | "live"): { readonly version: string; readonly isWell: boolean } | undefined {
    const slot = side === "idle" || this.freshShare() > 0 ? this.plan.to.slot : this.plan.from.slot;
    const primary = this.services[slot]?.primary.taskDefinition ?? "";
    if ((this.services[slot]?.answering(primary) ?? 0) === 0) return undefined;
    return { version: versionOf(this.imagesOf(primary)), isWell: this.behaviourOf(primary) !== "fails-checks" };
  }

  /**
   * One run of the engine. A run that fails in the middle has written its outputs, and may have changed nothing else.
   */
  applyImages({ releases, slots }: ImageRun, isCutShort = false): void {
    this.releases = { ...this.releases, ...releases };
    if (isCutShort) return;
    for (const { service, slot } of slots) {
      const images = releases[service]?.slots[slot]?.images ?? {};
      const known = this.state[slot] ?? "";
      if (JSON.stringify(this.imagesOf(known)) === JSON.stringify(images)) continue;
      const arn = this.register(slot, images);
      this.state[slot] = arn;
      this.services[slot]?.deploy(arn);
    }
  }

  commit(releases: Releases): void {
    this.releases = { ...this.releases, ...releases };
  }

  open(): StoredJournal | undefined {
    if (this.stored?.journal.entries.at(-1)?.kind === "closed") this.moveToClosed();
    return this.stored;
  }

  write(journal: Journal, version?: string): StoredJournal | undefined {
    if (version !== this.stored?.version) return undefined;
    this.stored = { journal, version: String(Number(version ?? 0) + 1) };
    return this.stored;
  }

  moveToClosed(): void {
    this.closed = this.stored?.journal ?? this.closed;
    this.stored = undefined;
  }

  /** Share of the requests that the new version answers. */
  private freshShare(): number {
    const { plan } = this;
    if (plan.mode === "slots") return (this.routes()[0]?.weights[plan.to.slot] ?? 0) / 100;
    const service = this.services[plan.to.slot];
    const fresh = [...this.images].find(([, images]) => versionOf(images) === plan.to.version)?.[0];
    return fresh !== undefined && (service?.answering(fresh) ?? 0) > 0 ? 1 : 0;
  }

  private behaviourOf(taskDefinition: string): Behaviour {
    return versionOf(this.imagesOf(taskDefinition)) === this.plan.to.version ? this.behaviour : "good";
  }

  private register(slot: Slot, images: Images): string {
    const arn = `arn:aws:ecs:eu-central-1:1:task-definition/shop-${slot}:${++this.revisions}`;
    this.images.set(arn, images);
    return arn;
  }
}

/** All weights, so much of it on one slot. */
export const share = (slot: Slot, percent: number): Weights =>
  slot === "blue" ? { blue: percent, green: 100 - percent } : { blue: 100 - percent, green: percent };
