import type { SlipwayError } from "../../automation/model/errors";
import type { LeaseHolding } from "../../automation/model/lease";
import type { HeldLock, Lock, LockRequest, LockView } from "../../automation/ports/lock";

/** A lock that is free, unless a test says who has it. */
export class FakeLock implements Lock {
  readonly requests: LockRequest[] = [];
  /** What `acquire` ends with. */
  refusal: SlipwayError | undefined;
  /** What `look` finds: first, and when it looks thoroughly. */
  views: readonly [LockView | undefined, thorough?: LockView] = [undefined];
  /** What `look` ends with. */
  unreadable: SlipwayError | undefined;
  lastDead: LeaseHolding | undefined;
  tookOverFrom: LeaseHolding | undefined;
  readonly lost = new AbortController();
  fence = 7;
  /** Called while it is being taken. */
  onAcquire: () => void = () => undefined;
  /** Whether the record is still the one that was looked at. */
  isUnchanged = true;

  /** @param name what it is the lock of; entries in the log begin with it when it is not the stack's */
  constructor(
    private readonly log: string[] = [],
    readonly name = "staging",
  ) {}

  async acquire(request: LockRequest): Promise<HeldLock> {
    this.requests.push(request);
    this.note("lock");
    if (this.refusal) throw this.refusal;
    this.onAcquire();
    return {
      fence: this.fence,
      lost: this.lost.signal,
      tookOverFrom: this.tookOverFrom,
      lastDead: this.lastDead,
      assertHeld: async () => {
        if (this.lost.signal.aborted) throw this.lost.signal.reason as Error;
      },
      release: async () => this.note("release"),
    };
  }

  async look({ thorough = false }: { readonly thorough?: boolean } = {}): Promise<LockView | undefined> {
    this.note(thorough ? "look (thoroughly)" : "look");
    if (this.unreadable) throw this.unreadable;
    return thorough ? this.views[1] : this.views[0];
  }

  async free({ owner }: LockView): Promise<boolean> {
    this.note(`free ${owner.id}`);
    return this.isUnchanged;
  }

  async clear(): Promise<boolean> {
    this.note("clear");
    return this.isUnchanged;
  }

  private note(what: string): void {
    this.log.push(this.name === "staging" ? what : `${this.name}: ${what}`);
  }
}
