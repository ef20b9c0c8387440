import type { Change, Op } from "../change";
import { differsBeyondImage, serviceType, taskDefinitionType } from "./image-difference";

/** What a run of the engine for a release may do with one type of resource. */
export interface ReleaseRule {
  readonly type: string;
  readonly ops: readonly Op[];
  /** Inputs that may have another value; `image` stands for what another image changes. */
  readonly inputs: "all" | "image" | readonly string[];
  readonly why: string;
}

export const scalingTypes = {
  target: "aws:appautoscaling/target:Target",
  policy: "aws:appautoscaling/policy:Policy",
} as const;

/** Other images in a slot. */
export const imageRules: readonly ReleaseRule[] = [
  {
    type: taskDefinitionType,
    ops: ["replace", "update"],
    inputs: "image",
    why: "Another image is another revision; where only the tag `Version` differs, it is the same one.",
  },
  { type: serviceType, ops: ["update"], inputs: "image", why: "The service is pointed at the new revision." },
];

/** Another slot that is live. */
export const commitRules: readonly ReleaseRule[] = [
  {
    type: serviceType,
    ops: ["update"],
    inputs: ["desiredCount"],
    why: "The count of the live slot is the program's; that of the idle one is the driver's.",
  },
  ...Object.values(scalingTypes).map((type): ReleaseRule => ({
    type,
    ops: ["create", "delete"],
    inputs: "all",
    why: "Scaling belongs to the live slot.",
  })),
];

/** What a release moves at AWS without the engine, by type. */
export const movedByRelease: Readonly<Record<string, readonly string[]>> = {
  [serviceType]: ["desiredCount"],
  "aws:lb/listener:Listener": ["defaultActions"],
  "aws:lb/listenerRule:ListenerRule": ["actions"],
};

/** Whether a difference between state and cloud is nothing but what a release has moved. */
export const isMovedByRelease = ({ type, op, diffs }: Pick<Change, "type" | "op" | "diffs">): boolean =>
  op === "update" && diffs.length > 0 && diffs.every((key) => movedByRelease[type]?.includes(key) === true);

/** Outputs that tell which slot is live. */
export const liveOutputs: ReadonlySet<string> = new Set(["releases", "ServiceName", "TargetGroupArn"]);

/** A resource that a run would change, or has changed, beyond the rules; values are left out, for they may be secret. */
export interface Stray {
  readonly urn: string;
  readonly name: string;
  readonly op: Op;
  /** Inputs that differ and must not; empty when the operation itself is not allowed. */
  readonly properties: readonly string[];
}

/** Everything that no rule allows. A component that stays and the stack's own entry are no resources. */
export function strayChanges(rules: readonly ReleaseRule[], changes: readonly Change[]): readonly Stray[] {
  return changes.filter(matters).flatMap((change): readonly Stray[] => {
    const { urn, name, op } = change;
    const rule = rules.find(({ type, ops }) => type === change.type && ops.includes(op));
    if (rule === undefined) return [{ urn, name, op, properties: [] }];
    const properties = strayInputs(rule, change);
    return properties.length === 0 ? [] : [{ urn, name, op, properties }];
  });
}

const matters = ({ type, op, wasProtected, isProtected }: Change): boolean =>
  wasProtected !== isProtected ||
  (!["same", "read", "refresh"].includes(op) && !(type === "pulumi:pulumi:Stack" && op === "update"));

function strayInputs({ inputs }: ReleaseRule, { type, oldInputs, newInputs }: Change): readonly string[] {
  if (inputs === "all") return [];
  const keys = new Set([...Object.keys(oldInputs ?? {}), ...Object.keys(newInputs ?? {})]);
  keys.delete("__defaults");
  const allowed = inputs === "image" ? [] : inputs;
  const kind = inputs === "image" ? type : "";
  return [...keys]
    .filter((key) => !allowed.includes(key) && differsBeyondImage(kind, key, oldInputs?.[key], newInputs?.[key]))
    .sort();
}
