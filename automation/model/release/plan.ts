import type { ServiceConfig } from "../../../infra/config/schema";
import type { Images, Slot } from "../../../infra/releases";
import type { RollbackPolicy, Step, Strategy } from "./strategy";

/** Share of the requests that each slot gets, in percent; the two add up to 100. */
export type Weights = Readonly<Record<Slot, number>>;

/** What a slot runs. */
export interface SlotContent {
  readonly slot: Slot;
  /** By container; pinned to digests where the registry could be asked. */
  readonly images: Images;
  /** The tag people know it by; what `{version}` in a check stands for. */
  readonly version: string;
  /** ARN that it runs when the plan is made: how a deployment that ECS took back by itself is recognised. */
  readonly taskDefinition?: string;
  /** When the newest of its images came to the registry (ISO 8601); absent when the registry does not say. */
  readonly pushedAt?: string;
}

/** A slot's names at AWS. */
export interface SlotResources {
  /** ECS service. */
  readonly serviceName: string;
  /** ARNs; none for a service that is not behind the load balancer. */
  readonly targetGroups: readonly string[];
}

/** A listener's default action or a rule's action that splits traffic between two slots of a container. */
export interface Route {
  readonly kind: "listener" | "rule";
  readonly arn: string;
  /** Target group ARNs by slot. */
  readonly groups: Readonly<Record<Slot, string>>;
}

/** A request and the answer that proves a slot healthy, with `{version}` filled in. */
export interface Check {
  readonly name: string;
  /** Absolute URL. */
  readonly url: string;
  /** Headers to send, for example `host` of a route or the one that chooses a slot at the test listener. */
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  /** Expected fields of the JSON body by dotted path. */
  readonly json: Readonly<Record<string, string | number | boolean>>;
  /** A load balancer's own name never matches its certificate. @default true */
  readonly verifyCertificate?: boolean;
  /** Name that TLS asks for and checks the certificate against. @default the host of the URL */
  readonly serverName?: string;
}

/** An alarm that is not judged in this release, and why somebody wanted that. */
export interface IgnoredAlarm {
  readonly name: string;
  readonly reason: string;
}

export type CompareLimits = NonNullable<ServiceConfig["release"]["compare"]>;

/**
 * Everything about the release of one service that does not change while it runs. It is made once, shown by a dry run,
 * frozen in the journal, and the same for whoever resumes.
 */
export interface ServicePlan {
  readonly service: string;
  readonly cluster: string;
  readonly strategy: Strategy;
  readonly controller: ServiceConfig["release"]["controller"];
  /**
   * `slots`: the new version comes up in the idle slot, and traffic is shifted. `rolling`: one ECS service replaces its
   * tasks. `ecs`: one ECS service, whose own controller shifts.
   */
  readonly mode: "slots" | "rolling" | "ecs";
  readonly from: SlotContent;
  /** In `slots` the other slot, else the same. */
  readonly to: SlotContent;
  readonly slots: Readonly<Partial<Record<Slot, SlotResources>>>;
  /** Empty unless `slots`. */
  readonly routes: readonly Route[];
  /** Growing, the last has 100 percent. */
  readonly steps: readonly Step[];
  /** Alarms that must be silent, by name; ignored ones are not among them. */
  readonly alarms: readonly string[];
  readonly ignoredAlarms: readonly IgnoredAlarm[];
  /** Made against the new slot before it gets traffic; empty when nothing can reach it there. */
  readonly idleChecks: readonly Check[];
  /** Made where everybody comes in, once all traffic is on the new version. */
  readonly liveChecks: readonly Check[];
  readonly compare: CompareLimits | null;
  /** CloudWatch's dimension of the load balancer (`app/<name>/<id>`), for the comparison; null without one. */
  readonly loadBalancer: string | null;
  readonly rollback: RollbackPolicy;
  /** Tasks that the live side ran when the release began; the new side gets as many, at least one. */
  readonly count: number;
  /** For the new tasks to be healthy. */
  readonly provisionSeconds: number;
  readonly warmSeconds: number;
  readonly watchHours: number;
  /** Starts new tasks though nothing in the task definition changes. */
  readonly restart: boolean;
  /** What whoever reads the plan has to know: what cannot be pinned or checked, what keeps its version. @default none */
  readonly notes?: readonly string[];
}
