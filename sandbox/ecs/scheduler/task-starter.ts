import type { TaskView, Tasks } from "../../model/tasks";
import type { ServiceRecord } from "../services/service-record";
import type { Start } from "./decide-rolling";
import { say } from "./event-log";
import { eventTexts } from "./event-texts";
import { orderOf, placeNext, type Place } from "./placement";
import type { TaskFact } from "./task-facts";

/** Starts tasks of services and remembers where each was put, so that the next go elsewhere. */
export class TaskStarter {
  private readonly places = new Map<string, Place>();

  constructor(private readonly tasks: Pick<Tasks, "start">) {}

  start(record: ServiceRecord, { deploymentId, count, replaced }: Start, facts: readonly TaskFact[], now: Date) {
    const deployment = record.deployments.find(({ id }) => id === deploymentId);
    if (!deployment) return record;
    for (const { id, phase } of facts) if (phase === "gone") this.places.delete(id);
    const placed = facts.flatMap(({ id, deploymentId: of }) =>
      of === deploymentId ? (this.places.get(id) ?? []) : [],
    );
    const started: TaskView[] = [];
    for (let index = 0; index < count; index++) {
      const place = placeNext(deployment.revision, placed);
      const task = this.tasks.start(orderOf(record, deployment, place));
      this.places.set(task.id, place);
      placed.push(place);
      started.push(task);
    }
    const ids = started.map(({ id }) => id);
    return say(record, now, eventTexts.started(record.name, ids, replaced));
  }
}
