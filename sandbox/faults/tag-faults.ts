import type { Behaviour, StartFault, TaskTraits } from "../model/behaviour";
import { faultKinds } from "./kinds/all-kinds";

/** What the tag of an image says about what goes wrong with it. */
export interface TagFaults {
  readonly behaviour: Behaviour;
  readonly start?: StartFault;
  /** Parts that look like a fault and are none. */
  readonly unknown: readonly string[];
}

/**
 * Reads the faults that an image carries in its tag, so that a pipeline rehearses a bad release by nothing but its name:
 *
 *     tag   = version *( "-fault." kind [ "." value ] )
 *     kind  = one of the task and start kinds
 *     value = what the kind takes, for example seconds
 *
 * `1.4.2-fault.crash-after.30-fault.latency.500`. All of it fits into what ECR lets a tag have.
 */
export function tagFaults(tag: string): TagFaults {
  const parts = tag.split("-fault.").slice(1);
  const read = parts.map((part) => ({ part, found: faultIn(part) }));
  const start = read.map(({ found }) => found?.start).find((fault) => fault !== undefined);
  return {
    behaviour: Object.assign({}, ...read.map(({ found }) => found?.behaviour ?? {})) as Behaviour,
    ...(start ? { start } : {}),
    unknown: read.filter(({ found }) => !found).map(({ part }) => part),
  };
}

function faultIn(part: string): { readonly behaviour?: Behaviour; readonly start?: StartFault } | undefined {
  const [, name = "", text] = /^([a-z-]+)(?:\.(.+))?$/.exec(part) ?? [];
  const kind = Object.hasOwn(faultKinds, name) ? faultKinds[name] : undefined;
  if (kind?.group === "start" && text === undefined) return { start: kind.fault };
  if (kind?.group !== "task") return undefined;
  if (!kind.value) return text === undefined ? { behaviour: kind.effect(undefined) } : undefined;
  const value = kind.value.schema.safeParse(text);
  return value.success ? { behaviour: kind.effect(value.data) } : undefined;
}

/** Tag of a task's image, or the one that the registry knows its digest by; undefined when there is none. */
export function tagOf({ image, tag }: Pick<TaskTraits, "image" | "tag">): string | undefined {
  // A colon before the last slash belongs to the port of a registry.
  return /:([^:/]+)$/.exec(image.replace(/@.*$/, ""))?.[1] ?? tag;
}
