import { randomUUID } from "node:crypto";
import type { SandboxClock } from "../model/clock";
import { type NotScaled, type ScalableTarget, type ScalingActivity, serviceIn } from "./model";
import type { ScalingServices } from "./ports";
import type { ScalingStore } from "./scaling-store";

export interface CountPorts {
  readonly clock: SandboxClock;
  readonly services: ScalingServices;
  readonly store: ScalingStore;
}

/** How often an open activity is looked at, and when it is given up: ECS tells nobody of counts of tasks. */
const lookMs = 10_000;
const givenUpMs = 3_600_000;

/** Changes counts, and keeps the activities that tell of it. */
export class CountSetter {
  constructor(private readonly ports: CountPorts) {}

  /** @param cause as DescribeScalingActivities has it */
  async set(target: ScalableTarget, from: number, to: number, cause: string): Promise<void> {
    const { clock, services, store } = this.ports;
    this.override(target);
    const activity = this.newActivity(target, `Setting desired count to ${to}.`, cause);
    try {
      await services.update(target, { ...serviceIn(target.resourceId), desiredCount: to });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = `Failed to set desired count to ${to}. Reason: ${why}`;
      store.saveActivity({ ...activity, status: "Failed", message, endedAt: clock.now() });
      return;
    }
    const message = `Successfully set desired count to ${to}. Waiting for change to be fulfilled by ecs.`;
    store.saveActivity({ ...activity, change: { from, to }, message });
    this.look(activity.id, target);
  }

  /** Told once, however often the alarm asks. */
  note(target: ScalableTarget, reason: NotScaled, cause: string): void {
    const { clock, store } = this.ports;
    const latest = this.activitiesOf(target)[0];
    if (latest?.cause === cause && latest.notScaled?.code === reason.code) return;
    const activity = this.newActivity(target, "Attempting to scale due to alarm triggered", cause);
    store.saveActivity({ ...activity, status: "Failed", notScaled: reason, endedAt: clock.now() });
  }

  /** Newest first. */
  activitiesOf({ account, region, resourceId }: ScalableTarget): readonly ScalingActivity[] {
    return this.ports.store.activities({ account, region }).filter((one) => one.resourceId === resourceId);
  }

  private newActivity(target: ScalableTarget, description: string, cause: string): ScalingActivity {
    const { account, region, resourceId } = target;
    const startedAt = this.ports.clock.now();
    return { account, region, resourceId, id: randomUUID(), description, cause, startedAt, status: "InProgress" };
  }

  private override(target: ScalableTarget): void {
    for (const activity of this.activitiesOf(target))
      if (activity.status === "InProgress") this.end(activity, "Overridden", activity.message ?? "");
  }

  private look(id: string, target: ScalableTarget): void {
    const { clock, services } = this.ports;
    clock.after(lookMs, () => {
      const activity = this.activitiesOf(target).find((one) => one.id === id);
      if (activity?.status !== "InProgress" || !activity.change) return;
      const { to } = activity.change;
      const names = serviceIn(target.resourceId);
      const service = names && services.get(target, names.cluster, names.service);
      if (service?.runningCount === to && service.desiredCount === to)
        return this.end(
          activity,
          "Successful",
          `Successfully set desired count to ${to}. Change successfully fulfilled by ecs.`,
        );
      if (!service || clock.now().getTime() - activity.startedAt.getTime() >= givenUpMs)
        return this.end(
          activity,
          "Unfulfilled",
          `Successfully set desired count to ${to}. Change was not fulfilled by ecs.`,
        );
      this.look(id, target);
    });
  }

  private end(activity: ScalingActivity, status: ScalingActivity["status"], message: string): void {
    this.ports.store.saveActivity({ ...activity, status, message, endedAt: this.ports.clock.now() });
  }
}
