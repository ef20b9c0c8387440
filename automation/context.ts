import type { StackConfig } from "../infra/config/schema";
import type { Clock } from "./ports/clock";
import type { Containers } from "./ports/containers";
import type { Dns } from "./ports/dns";
import type { Engine } from "./ports/engine";
import type { Farewell } from "./ports/farewell";
import type { FleetJournals } from "./ports/fleet-journals";
import type { History } from "./ports/history";
import type { Http } from "./ports/http";
import type { Identity } from "./ports/identity";
import type { Instances } from "./ports/instances";
import type { Interrupts } from "./ports/interrupts";
import type { Journals } from "./ports/journals";
import type { Lock } from "./ports/lock";
import type { Machine } from "./ports/machine";
import type { Metrics } from "./ports/metrics";
import type { Notices } from "./ports/notices";
import type { Output } from "./ports/output";
import type { Points } from "./ports/points";
import type { Registry } from "./ports/registry";
import type { SharedName } from "./model/switch/plan";
import type { ServiceDeployments } from "./ports/service-deployments";
import type { SwitchRecords } from "./ports/switch-records";
import type { Traffic } from "./ports/traffic";
import type { Watches } from "./ports/watches";

/** Everything a command for one stack may reach. Built once, in `wiring.ts`. */
export interface Context {
  readonly stack: string;
  readonly project: string;
  readonly region: string;
  readonly config: StackConfig;
  readonly engine: Engine;
  readonly identity: Identity;
  readonly output: Output;
  readonly clock: Clock;
  readonly history: History;
  /** Of this stack. */
  readonly lock: Lock;
  /** Of one service's releases: a release holds it to its end, and the stack's own only while the engine runs. */
  readonly serviceLock: (service: string) => Lock;
  /** Of the switches of a name that this stack shares with another. */
  readonly switchLock: (name: SharedName) => Lock;
  readonly switches: SwitchRecords;
  /** Another stack of the same project, on the same terms. */
  readonly openPeer: (stack: string) => Promise<Context>;
  readonly journals: Journals;
  readonly fleetJournals: FleetJournals;
  readonly instances: Instances;
  readonly points: Points;
  readonly watches: Watches;
  readonly containers: Containers;
  /** Of services whose traffic ECS itself shifts. */
  readonly serviceDeployments: ServiceDeployments;
  readonly traffic: Traffic;
  readonly metrics: Metrics;
  readonly registry: Registry;
  readonly notices: Notices;
  readonly dns: Dns;
  readonly http: Http;
  readonly machine: Machine;
  readonly farewell: Farewell;
  /** Listens for Ctrl-C from the first call on: from then on the command itself has to end. */
  readonly interrupts: () => Pick<Interrupts, "stop" | "terminate">;
  /** `SKIP_DIFF_GATE` is exactly `true`: a block may be overridden, with a justification and an approval. */
  readonly skipDiffGate: boolean;
}
