import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import type { Change, Op } from "../model/change";
import type { EngineProgress } from "../ports/engine";
import { isConsequence } from "./engine-failure";
import { holdsSecret, maskProperties, scrubText } from "./pulumi-secrets";
import { nameOfUrn } from "./pulumi-targets";

/**
 * What each step of the engine comes to for the one resource, and which word wins when it has several steps. The last
 * of a replacement's three steps says "delete" and the first "create"; only together they are a replacement.
 */
const steps: Readonly<Record<string, { readonly op: Op; readonly rank: number }>> = {
  replace: { op: "replace", rank: 9 },
  "create-replacement": { op: "replace", rank: 9 },
  "import-replacement": { op: "replace", rank: 9 },
  "read-replacement": { op: "replace", rank: 9 },
  "discard-replaced": { op: "discard", rank: 7 },
  delete: { op: "delete", rank: 8 },
  // Without a replacement beside it: what an interrupted replacement has left behind is deleted now.
  "delete-replaced": { op: "delete", rank: 7 },
  "remove-pending-replace": { op: "delete", rank: 7 },
  create: { op: "create", rank: 6 },
  import: { op: "import", rank: 5 },
  update: { op: "update", rank: 4 },
  discard: { op: "discard", rank: 3 },
  read: { op: "read", rank: 2 },
  same: { op: "same", rank: 1 },
  refresh: { op: "refresh", rank: 0 },
};

/** A step that a newer engine may have invented is never taken for harmless. */
const stepOf = (op: string): { readonly op: Op; readonly rank: number } => steps[op] ?? { op: "other", rank: 10 };

const metadataOf = (event: EngineEvent): StepEventMetadata | undefined =>
  (event.resourcePreEvent ?? event.resOutputsEvent)?.metadata;

/** Every resource of a run once, in the order in which the engine came to it. */
export function changesOf(events: readonly EngineEvent[]): readonly Change[] {
  const byUrn = new Map<string, StepEventMetadata[]>();
  for (const metadata of events.flatMap((event) => metadataOf(event) ?? [])) {
    byUrn.set(metadata.urn, [...(byUrn.get(metadata.urn) ?? []), metadata]);
  }
  return [...byUrn.values()].flatMap(foldSteps);
}

/** The stack itself is told last with the outputs it will have; two secrets cannot be told apart and count as equal. */
export function changedOutputsOf(events: readonly EngineEvent[]): readonly string[] {
  const told = events.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? []);
  const root = told.filter(({ type }) => type === "pulumi:pulumi:Stack").at(-1);
  if (root?.old == null || root.new == null) return [];
  const [before, after]: readonly Inputs[] = [maskProperties(root.old.outputs), maskProperties(root.new.outputs)];
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return names.filter((name) => canonical(before?.[name]) !== canonical(after?.[name]));
}

function foldSteps(found: readonly StepEventMetadata[]): readonly Change[] {
  const [decisive] = [...found].sort((a, b) => stepOf(b.op).rank - stepOf(a.op).rank);
  if (decisive === undefined) return [];
  const { op } = stepOf(decisive.op);
  const before = decisive.old ?? found.find(({ old }) => old != null)?.old;
  const after = op === "delete" ? undefined : (decisive.new ?? undefined);
  const oldInputs = before == null || op === "create" ? null : maskProperties(before.inputs);
  const newInputs = after == null ? null : maskProperties(after.inputs);
  return [
    {
      urn: decisive.urn,
      type: decisive.type,
      name: nameOfUrn(decisive.urn),
      op,
      custom: (after ?? before)?.custom ?? false,
      diffs: oldInputs === null || newInputs === null ? [] : diffsOf(op, found, oldInputs, newInputs),
      replaceKeys: [...new Set(found.flatMap(({ keys }) => keys ?? []))],
      // The old state is asked of every step: it can be unprotected and replaced in one run.
      wasProtected: found.some(({ old }) => old?.protect ?? false),
      isProtected: after?.protect ?? false,
      oldInputs,
      newInputs,
    },
  ];
}

type Inputs = Readonly<Record<string, unknown>>;

/** The provider's own list when it gave one; else what differs; else the secrets, whose difference cannot be seen. */
function diffsOf(op: Op, found: readonly StepEventMetadata[], oldInputs: Inputs, newInputs: Inputs): readonly string[] {
  const told = [...new Set(found.flatMap(({ diffs }) => diffs ?? []))];
  if (told.length > 0) return told;
  if (op !== "update" && op !== "replace") return [];
  const keys = [...new Set([...Object.keys(oldInputs), ...Object.keys(newInputs)])].sort();
  const differing = keys.filter((key) => canonical(oldInputs[key]) !== canonical(newInputs[key]));
  return differing.length > 0 ? differing : keys.filter((key) => holdsSecret(newInputs[key]));
}

/** Equal values have equal text, in whatever order their keys stand. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ""
  );
}

/** What an event means for a live view; undefined for what nobody needs to see. Debug texts of the program hold secrets in the clear. */
export function progressOf(event: EngineEvent, secrets: readonly string[] = []): EngineProgress | undefined {
  if (event.resourcePreEvent) return stepProgress("started", event.resourcePreEvent.metadata);
  if (event.resOutputsEvent) return stepProgress("finished", event.resOutputsEvent.metadata);
  if (event.resOpFailedEvent) return stepProgress("failed", event.resOpFailedEvent.metadata);
  if (!event.diagnosticEvent) return undefined;
  const { severity: said, message, urn, ephemeral } = event.diagnosticEvent;
  const severity = severities[said];
  const text = scrubText(message, secrets).trimEnd();
  if (severity === undefined || ephemeral === true || text === "" || isConsequence(text)) return undefined;
  return { kind: "diagnostic", severity, message: text, ...(urn === undefined || urn === "" ? {} : { urn }) };
}

const severities: Readonly<Record<string, "info" | "warning" | "error">> = {
  info: "info",
  "info#err": "info",
  warning: "warning",
  error: "error",
};

/** `replace` is the mere note between making the new one and deleting the old one. */
function stepProgress(
  kind: "started" | "finished" | "failed",
  { op, urn, type }: StepEventMetadata,
): EngineProgress | undefined {
  return (op as string) === "replace"
    ? undefined
    : { kind, urn, type, name: nameOfUrn(urn), op: op.endsWith("replaced") ? "replace" : stepOf(op).op };
}
