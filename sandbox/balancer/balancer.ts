import type { Faults } from "../model/behaviour";
import type { SandboxClock } from "../model/clock";
import type { Datum, MetricSink } from "../model/metrics";
import type { Moto } from "../model/moto";
import { scopeKey, scopeOf, type Scope } from "../model/scope";
import type { ServiceApi } from "../model/service-api";
import type { RuleSnapshot, TrafficSnapshot } from "../model/snapshot";
import type { ListenerPort, Targets } from "../model/targets";
import { balancerApi } from "./api/operations";
import { coalesced } from "./coalesce";
import { askBalancers } from "./door";
import { TargetBook, type TargetBookOptions } from "./groups/target-book";
import { addressOf, Plane } from "./plane/plane";
import { TraceIds } from "./plane/trace-ids";
import { ruleSnapshots } from "./rule-snapshot";
import { setWeights } from "./set-weights";
import { readTables, type Listener } from "./tables";
import { missedMoments } from "./traffic/missed-moments";
import { Meter } from "./traffic/meter";
import { connectionData, hostData } from "./traffic/metric-data";

type TargetAddress = { readonly id: string; readonly port: number };

export interface BalancerOptions extends Pick<TargetBookOptions, "placeOf" | "zoneOf" | "probe"> {
  readonly clock: SandboxClock;
  readonly moto: Moto;
  readonly faults: Pick<Faults, "isLost">;
  readonly metrics: MetricSink;
  /** Version of the program at this address, for the page. */
  readonly versionOf: (target: TargetAddress) => string;
  /** @default to standard error */
  readonly log?: (line: string) => void;
  /** From 0, to 1 exclusive. @default Math.random */
  readonly random?: () => number;
  /** Real milliseconds to wait for a connection to a target. @default 10 s, as the ALB user guide says */
  readonly connectTimeoutMs?: number;
}

export interface RunningBalancer {
  readonly targets: Targets;
  readonly api: ServiceApi;
  ports(): readonly ListenerPort[];
  rules(): readonly RuleSnapshot[];
  traffic(): TrafficSnapshot;
  /** Reads a scope anew; for changes that do not come through the API. */
  reload(scope: Scope): Promise<void>;
  close(): Promise<void>;
}

/** CloudWatch's period for load balancers. */
const hostPeriodMs = 60_000;

/** The load balancers of the sandbox: configured in moto, routing here. */
export function createBalancer(options: BalancerOptions): RunningBalancer {
  const { clock, moto, faults, metrics, versionOf, random = Math.random, connectTimeoutMs = 10_000 } = options;
  const log = options.log ?? ((line: string): void => void process.stderr.write(`${line}\n`));
  const book = new TargetBook({ ...options, log });
  const look = (at: Date): readonly Datum[] =>
    plane.entrances().flatMap(({ entrance }) => {
      const bytes = entrance.takeBytes();
      if (bytes > 0) meter.own(entrance.listener.balancer, "ProcessedBytes", bytes);
      return entrance.open === 0 ? [] : connectionData(entrance.listener.balancer, entrance.open, at);
    });
  const meter = new Meter({ clock, metrics, versionOf, look, log });
  const chance = { random, now: () => clock.now().getTime() };
  const plane = new Plane(moto, { meter, faults, chance, connectTimeoutMs, trace: new TraceIds(), log });

  /** By scope; also of those that could not be opened. */
  const known = new Map<string, readonly Listener[]>();
  const reloads = new Map<string, () => Promise<void>>();
  const reload = ({ account, region }: Scope): Promise<void> => {
    const scope = { account, region };
    const key = scopeKey(scope);
    const round =
      reloads.get(key) ??
      coalesced(async () => {
        const tables = readTables(scope, await askBalancers(moto, scope), book);
        known.set(key, tables);
        await plane.apply(scope, tables);
      });
    reloads.set(key, round);
    return round();
  };

  const listeners = (): readonly Listener[] => [...known.values()].flat();
  let toldAt = clock.now().getTime();
  const hosts = clock.every(hostPeriodMs, () => {
    const groups = groupsOf(listeners());
    // A fast clock leaves out rounds of a machine that is busy; a minute without a point would look like no targets.
    for (const at of missedMoments(toldAt, (toldAt = clock.now().getTime()), hostPeriodMs)) {
      metrics.put(groups.flatMap(([balancer, group]) => hostData(balancer, group, at)));
    }
  });

  return {
    targets: {
      register: (arn, target) => book.register(arn, target),
      deregister: (arn, target) => book.deregister(arn, target),
      drained: (arn, target) => book.drained(arn, target),
      health: (arn) => book.health(arn),
      group: (arn) => book.group(arn),
      onHealthChange: (listener) => book.onHealthChange(listener),
      setWeights: async (arn, weights) => {
        await setWeights(arn, weights, listeners(), moto);
        const scope = scopeOf(arn);
        if (scope) await reload(scope);
      },
    },
    api: balancerApi(book, reload),
    ports: () => plane.ports(),
    rules: () =>
      plane
        .entrances()
        .flatMap(({ entrance, port }) => ruleSnapshots(entrance.listener, addressOf(entrance.listener, port))),
    traffic: () => meter.traffic(),
    reload,
    close: async () => {
      hosts.cancel();
      book.close();
      await plane.close();
      meter.close();
    },
  };
}

/** Which group belongs to which load balancer: AWS allows one for each. */
function groupsOf(listeners: readonly Listener[]) {
  const pairs = listeners.flatMap(({ balancer, rules }) =>
    rules.flatMap(({ action }) =>
      action.kind === "forward" ? action.groups.map(({ item }) => [balancer, item] as const) : [],
    ),
  );
  return [...new Map(pairs.map((pair) => [pair[1], pair])).values()];
}
