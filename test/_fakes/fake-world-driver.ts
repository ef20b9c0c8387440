import { CloudError } from "../../automation/model/cloud-error";
import { SlipwayError } from "../../automation/model/errors";
import type { LoopContext, LoopOptions } from "../../automation/release/loop";
import type { Slot } from "../../infra/releases";
import { FakeMachine } from "./fake-machine";
import { FakeServiceDeployments } from "./fake-service-deployments";
import { never, noEngine } from "./fake-world-engine";
import { share, type FakeWorld } from "./fake-world";

/** The process is gone: nothing after it runs. */
export class Kill extends Error {}

/** What goes wrong at one call of a port. */
export type Fault =
  | { readonly kind: "kill" | "transient" | "denied" | "lost"; readonly when: "before" | "after" | "middle" }
  /** Somebody else changes something; noticed with the next look. */
  | { readonly kind: "weights"; readonly percent: number; readonly routes: "one" | "all" }
  | { readonly kind: "count"; readonly side: "from" | "to"; readonly count: number }
  | { readonly kind: "force"; readonly side: "from" | "to" }
  | { readonly kind: "abort" };

/** By the number of the call, over all drivers of a world. */
export type Faults = ReadonlyMap<number, Fault>;

/** Calls of all drivers so far. */
export interface Calls {
  count: number;
  /** What others do before the next look: a change between a look and the act after it is beyond any release. */
  readonly pending: Exclude<Fault, { when: string }>[];
}

/** One process that runs the release: its ports into the world, with what goes wrong at them. */
export class FakeDriver {
  private isDead = false;
  private readonly lost = new AbortController();
  private readonly fence: number;

  constructor(
    private readonly world: FakeWorld,
    private readonly faults: Faults,
    private readonly calls: Calls,
  ) {
    this.fence = ++world.fence;
    // Whoever has the service's lock has seen that the process before is gone, and frees what it held.
    world.stackLock = undefined;
  }

  options(): LoopOptions {
    return {
      fence: this.fence,
      signal: this.lost.signal,
      assertHeld: async () => {
        if (this.isDead) throw new Kill();
        this.lost.signal.throwIfAborted();
      },
      engineRun: async (run) => {
        if (this.world.stackLock !== undefined) throw new Error("the stack is locked");
        this.world.stackLock = this.fence;
        try {
          return await run(this.lost.signal);
        } finally {
          // A process that is gone frees nothing.
          if (!this.isDead) this.world.stackLock = undefined;
        }
      },
    };
  }

  context(): LoopContext {
    const { world } = this;
    return {
      clock: {
        now: () => world.clock.now(),
        sleep: async (ms) => {
          if (this.isDead) throw new Kill();
          await world.clock.sleep(ms);
        },
      },
      machine: new FakeMachine(),
      serviceDeployments: new FakeServiceDeployments(),
      containers: {
        describe: (_cluster, names) => {
          const views = () => names.flatMap((name) => world.service(name)?.view() ?? []);
          // With two slots an action asks for its own only; nobody can guard what is changed between a look and an act.
          const isLook = names.length === Object.keys(world.plan.slots).length;
          return isLook ? this.look(views) : this.aws("ecs:DescribeServices", views);
        },
        setCount: ({ serviceName }, count) =>
          this.aws("ecs:UpdateService", () => {
            const service = world.service(serviceName);
            if (service !== undefined) service.desired = count;
          }),
        pointAt: ({ serviceName }, taskDefinition) =>
          this.aws("ecs:UpdateService", () => void world.service(serviceName)?.deploy(taskDefinition)),
        forceDeployment: ({ serviceName }) =>
          this.aws("ecs:UpdateService", () => {
            world.service(serviceName)?.deploy();
            const view = world.service(serviceName)?.view().deployments[0];
            if (view === undefined) throw new Error(`no service ${serviceName}`);
            return view;
          }),
        stoppedTasks: async () => [],
        taskDefinition: async (arn) => ({
          arn,
          family: "world",
          revision: 1,
          status: "ACTIVE",
          images: world.imagesOf(arn),
          version: null,
          architecture: "X86_64",
          executionRoleArn: null,
        }),
        taskDefinitions: never,
      },
      traffic: {
        routesBetween: never,
        weights: () => this.aws("elbv2:DescribeRules", () => world.routes()),
        setWeights: (routes, weights) =>
          this.aws(
            "elbv2:ModifyRule",
            () => world.weigh(routes, weights),
            () => world.weigh(routes.slice(0, 1), weights),
          ),
        targets: (group) => {
          const slot: Slot = group.includes("blue") ? "blue" : "green";
          return this.aws("elbv2:DescribeTargetHealth", () => world.services[slot]?.targets() ?? []);
        },
      },
      metrics: {
        alarms: (names) => this.aws("cloudwatch:DescribeAlarms", () => world.alarms(names)),
        figures: ({ groups, from, to }) => this.aws("cloudwatch:GetMetricData", () => world.figures(groups, from, to)),
        lastLines: async () => [],
      },
      http: {
        get: async ({ url }) => {
          const answer = world.answer(url.includes("idle") ? "idle" : "live");
          if (answer === undefined) return { kind: "failed", why: "connection refused" };
          const body = JSON.stringify({ version: answer.version });
          return { kind: "answered", status: answer.isWell ? 200 : 500, headers: {}, body, durationMs: 5 };
        },
      },
      engine: {
        ...noEngine,
        applyImages: (run) =>
          this.engine(
            () => world.applyImages(run),
            () => world.applyImages(run, true),
          ),
        commitReleases: ({ releases }) => this.engine(() => world.commit(releases)),
      },
      journals: {
        create: never,
        open: () => this.store(() => world.open()),
        openServices: never,
        write: (journal, version) => this.store(() => world.write(journal, version)),
        close: () => this.store(() => world.moveToClosed()),
        latest: never,
      },
    };
  }

  private aws<T>(operation: string, effect: () => T, half: () => void = () => undefined): Promise<T> {
    return this.call(
      effect,
      half,
      (kind) => new CloudError(kind, operation, kind === "denied" ? "AccessDenied" : "Throttling", "not now"),
    );
  }

  /** Everything else of a look is asked for at the same time, so whatever others did is in all of it. */
  private look<T>(effect: () => T): Promise<T> {
    return this.aws("ecs:DescribeServices", () => {
      this.calls.pending.splice(0).forEach((fault) => this.meddle(fault));
      return effect();
    });
  }

  private async engine(effect: () => void, half: () => void = () => undefined) {
    await this.call(
      effect,
      half,
      () => new SlipwayError({ code: "engine-failed", exitCode: 1, message: "the engine failed", remedy: "again" }),
    );
    return { changes: [], durationMs: 1 };
  }

  private store<T>(effect: () => T): Promise<T> {
    return this.call(
      effect,
      () => undefined,
      () => new Error("the store does not answer"),
    );
  }

  private async call<T>(effect: () => T, half: () => void, error: (kind: "transient" | "denied") => Error): Promise<T> {
    if (this.isDead) throw new Kill();
    const fault = this.faults.get(++this.calls.count);
    if (fault !== undefined && !("when" in fault)) this.calls.pending.push(fault);
    this.world.advance();
    if (fault === undefined || !("when" in fault)) return effect();
    if (fault.when === "middle") half();
    const result = fault.when === "after" ? effect() : undefined;
    switch (fault.kind) {
      case "kill":
        this.isDead = true;
        throw new Kill();
      case "lost":
        this.lost.abort(new SlipwayError({ code: "lock-lost", exitCode: 4, message: "lost", remedy: "resume" }));
        return fault.when === "after" ? (result as T) : effect();
      case "transient":
      case "denied":
        throw error(fault.kind);
    }
  }

  /** What others do while a release has something that it can notice, and react to. */
  private meddle(fault: Exclude<Fault, { when: string }>): void {
    const { world } = this;
    const stored = world.open();
    if (stored === undefined) return;
    const kinds = new Set(stored.journal.entries.map(({ kind }) => kind));
    if (kinds.has("retired") || kinds.has("closed") || (world.plan.mode === "rolling" && kinds.has("committing")))
      return;
    const slot = "side" in fault ? world.plan[fault.side].slot : world.plan.to.slot;
    const service = world.services[slot];
    switch (fault.kind) {
      case "weights":
        world.weigh(
          fault.routes === "all" ? world.plan.routes : world.plan.routes.slice(0, 1),
          share(slot, fault.percent),
        );
        return;
      case "count":
        if (service !== undefined) service.desired = fault.count;
        return;
      case "force":
        service?.deploy();
        return;
      case "abort": {
        const at = world.clock.now().toISOString();
        const entries = [...stored.journal.entries, { kind: "abort-asked", by: "ann@desk", at } as const];
        world.write({ ...stored.journal, entries }, stored.version);
      }
    }
  }
}
