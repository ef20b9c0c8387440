import type { ServiceConfig, StackConfig } from "../../../infra/config/schema";
import type { Slot } from "../../../infra/releases";
import type { CloudError } from "../../model/cloud-error";
import type { AlarmView, RouteView, ServiceView, TargetView } from "../../model/release/observed";
import type { ReleaseRequest } from "../../model/release/journal";
import type { ServicePlan } from "../../model/release/plan";
import type { TaskDefinitionView } from "../../ports/containers";
import type { ImageAnswer } from "../../ports/registry";
import type { Evidence } from "../verified-source";

/** An answer of AWS, or why there is none; one that is missing does not keep the other checks from their work. */
export type Asked<T> =
  { readonly kind: "known"; readonly value: T } | { readonly kind: "unknown"; readonly error: CloudError };

/** Everything that is looked at before the release of one service. */
export interface Seen {
  readonly command: ReleaseRequest["command"];
  readonly plan: ServicePlan;
  readonly service: ServiceConfig;
  readonly account: StackConfig["account"];
  /** Target groups of both slots, of every container that is behind the load balancer. */
  readonly pairs: readonly { readonly container: string; readonly blue: string; readonly green: string }[];
  readonly stack: string;
  /** ECS services of the plan's slots; one that is not there is missing. */
  readonly services: Asked<Readonly<Partial<Record<Slot, ServiceView>>>>;
  /** What the live service runs. */
  readonly running: Asked<TaskDefinitionView | undefined>;
  /** By target group of the live slot. */
  readonly targets: Asked<readonly (readonly TargetView[])[]>;
  readonly routes: Asked<readonly RouteView[]>;
  readonly alarms: Asked<readonly AlarmView[]>;
  /** By container. */
  readonly images: Asked<Readonly<Record<string, ImageAnswer>>>;
  readonly evidence: Asked<Evidence>;
}

/** What a check has found. */
export type PreflightFinding =
  | {
      readonly kind: "failed";
      readonly text: string;
      readonly remedy: string;
      readonly exitCode: number;
    }
  /** It is told and does not stop the release. */
  | { readonly kind: "warned"; readonly text: string; readonly remedy: string };

/** One question before a release. */
export interface PreflightCheck {
  /** Stable word for scripts. */
  readonly id: string;
  readonly why: string;
  /** Commands that it does not stop: a state that is not well is what one goes back from. @default none */
  readonly onlyWarns?: readonly ReleaseRequest["command"][];
  /** Nothing when all is well, or when AWS gave no answer to judge: that is told once by itself. */
  readonly run: (seen: Seen) => readonly PreflightFinding[];
}

/** The value of an answer, or none to judge. */
export const judged = <T>(
  asked: Asked<T>,
  judge: (value: T) => readonly PreflightFinding[],
): readonly PreflightFinding[] => (asked.kind === "known" ? judge(asked.value) : []);
