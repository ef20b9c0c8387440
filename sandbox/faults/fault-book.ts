import type { ApiFault, Behaviour, Faults, StartFault, TaskTraits } from "../model/behaviour";
import type { SandboxClock, Timer } from "../model/clock";
import { badFault, type FaultRequest } from "./fault-request";
import type { FaultKind } from "./kinds/kind";
import { type CheckedFault, checkedFault } from "./checked-fault";
import { selectsCall, selectsTask } from "./selector";
import { type TagFaults, tagFaults, tagOf } from "./tag-faults";

/** A fault that holds. */
export interface FaultEntry {
  /** A number, counted from 1. */
  readonly id: string;
  /** As it was asked for: `crash-after 30 --service web`. */
  readonly text: string;
  readonly summary: string;
  /** The sandbox's time. */
  readonly since: Date;
  /** Undefined for one that holds until it is cleared. */
  readonly until: Date | undefined;
  /** Calls that it will still hit, where they are counted. */
  readonly left: number | undefined;
}

interface Held extends FaultEntry {
  left: number | undefined;
  readonly kind: FaultKind;
  readonly value: unknown;
  readonly request: FaultRequest;
  readonly timer: Timer | undefined;
  /** Takes back what has been done. */
  readonly undo: (() => void) | undefined;
}

interface FaultBookOptions {
  readonly clock: SandboxClock;
  /** From 0 to 1, as Math.random. */
  readonly random: () => number;
  /** Whose address this is: faults of targets are told by task and by service too. @default nobody's */
  readonly ownerOf?: (ip: string) => TaskTraits | undefined;
  /** Hears of a tag that names a fault which there is not. @default nobody */
  readonly log?: (text: string) => void;
}

/** All that somebody has asked to go wrong, by request or by the tag of an image. A later fault outdoes an earlier one. */
export class FaultBook implements Faults {
  private readonly held = new Map<string, Held>();
  private readonly tags = new Map<string, TagFaults>();
  private count = 0;

  constructor(private readonly options: FaultBookOptions) {}

  /** @throws AwsFault for what is no fault, or one that is done once and does not hold */
  add(asked: unknown): FaultEntry {
    return this.hold(checkedFault(asked));
  }

  /** Holds a fault that has been checked already. @throws AwsFault for one that is done once */
  hold({ kind, value, request, text, forMs }: CheckedFault, undo?: () => void): FaultEntry {
    if (kind.group === "action" && !undo) throw badFault(`${request.kind} is done once; it does not hold.`);
    const { clock } = this.options;
    const id = String(++this.count);
    const since = clock.now();
    const timer = forMs === undefined ? undefined : clock.after(forMs, () => void this.remove(id));
    const until = forMs === undefined ? undefined : new Date(since.getTime() + forMs);
    const { summary } = kind;
    this.held.set(id, { id, text, summary, since, until, left: request.count, kind, value, request, timer, undo });
    return { id, text, summary, since, until, left: request.count };
  }

  /** The oldest first. */
  list(): readonly FaultEntry[] {
    return [...this.held.values()].map(({ id, text, summary, since, until, left }) => ({
      id,
      text,
      summary,
      since,
      until,
      left,
    }));
  }

  /** False when there is none with this id. */
  remove(id: string): boolean {
    const held = this.held.get(id);
    held?.timer?.cancel();
    held?.undo?.();
    return this.held.delete(id);
  }

  /** How many there were. */
  clear(): number {
    return [...this.held.keys()].filter((id) => this.remove(id)).length;
  }

  /** A line for each, for people. */
  lines(): readonly string[] {
    return this.list().map(({ text, until, left }) =>
      [text, until && `until ${until.toISOString()}`, left && `${left} more`].filter(Boolean).join(", "),
    );
  }

  behaviour(task: TaskTraits): Behaviour {
    let all: Behaviour = this.tagFaultsOf(task)?.behaviour ?? {};
    for (const { kind, value, request } of this.held.values())
      if (kind.group === "task" && selectsTask(request, task)) all = { ...all, ...kind.effect(value) };
    return all;
  }

  startFault(task: TaskTraits): StartFault | undefined {
    let last = this.tagFaultsOf(task)?.start;
    for (const { kind, request } of this.held.values())
      if (kind.group === "start" && selectsTask(request, task)) last = kind.fault;
    return last;
  }

  apiFault(service: string, operation: string | undefined): ApiFault | undefined {
    for (const held of this.held.values()) {
      const { kind, value, request } = held;
      if (kind.group !== "api" || !selectsCall(request, service, operation) || !this.happens(request)) continue;
      if (held.left !== undefined && --held.left === 0) this.remove(held.id);
      return kind.fault(value);
    }
    return undefined;
  }

  isLost({ ip, port }: { readonly ip: string; readonly port: number }): boolean {
    for (const { kind, value, request } of this.held.values()) {
      if (kind.group !== "target") continue;
      if (typeof value === "string" ? this.isTarget(value, ip, port) : this.isSelected(request, ip)) return true;
    }
    return false;
  }

  private happens({ percent = 100 }: FaultRequest): boolean {
    return percent >= 100 || this.options.random() * 100 < percent;
  }

  private isTarget(target: string, ip: string, port: number): boolean {
    if (target.includes(".")) return target === ip || target === `${ip}:${port}`;
    return this.options.ownerOf?.(ip)?.taskId.startsWith(target) ?? false;
  }

  private isSelected(request: FaultRequest, ip: string): boolean {
    const owner = this.options.ownerOf?.(ip);
    return owner !== undefined && selectsTask(request, owner);
  }

  /** Asked for every request that a task answers, so each tag is read once. */
  private tagFaultsOf(task: TaskTraits): TagFaults | undefined {
    const tag = tagOf(task);
    if (tag === undefined || !tag.includes("-fault.")) return undefined;
    const known = this.tags.get(tag);
    if (known) return known;
    const read = tagFaults(tag);
    this.tags.set(tag, read);
    for (const part of read.unknown) this.options.log?.(`the tag ${tag} names a fault that there is not: ${part}`);
    return read;
  }
}
