import type { SandboxClock } from "../../model/clock";
import type { Targets } from "../../model/targets";
import type { Tasks } from "../../model/tasks";
import type { Scheduler } from "../scheduler/scheduler";
import { createdEvent, eventOf } from "../scheduler/tell";
import type { Lookups } from "./lookups";
import type { ServiceBook } from "./service-book";
import { primaryOf, type ServiceRecord } from "./service-record";

/** What the operations on services work with. */
export class ServiceDesk {
  constructor(
    readonly clock: SandboxClock,
    readonly tasks: Tasks,
    readonly targets: Targets,
    readonly book: ServiceBook,
    readonly lookups: Lookups,
    private readonly scheduler: Scheduler,
  ) {}

  /** Keeps a service with a new deployment in front; one that was going on before is over. */
  begin(record: ServiceRecord, before?: ServiceRecord): void {
    this.book.put(record);
    const now = this.clock.now();
    const overtaken = before && primaryOf(before);
    if (before && overtaken?.rolloutState === "IN_PROGRESS") {
      const news = { kind: "finished", deploymentId: overtaken.id, outcome: "stopped" } as const;
      const event = eventOf(before, news, this.tasks, now);
      if (event) this.scheduler.announce(event);
    }
    this.scheduler.announce(createdEvent(record, this.tasks, now));
    this.scheduler.wake(record);
  }

  /** Keeps a change that starts no deployment. */
  keep(record: ServiceRecord): void {
    this.book.put(record);
    this.scheduler.wake(record);
  }
}
