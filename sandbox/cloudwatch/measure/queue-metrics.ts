import { z } from "zod";
import type { Datum } from "../../model/metrics";

/** What `/slipway/queues` answers, as far as it is measured. */
export const queuesAnswer = z.object({
  Queues: z.array(
    z.object({
      Account: z.string(),
      Region: z.string(),
      QueueName: z.string(),
      QueueArn: z.string(),
      Visible: z.number(),
      NotVisible: z.number(),
      Delayed: z.number(),
      /** Seconds. */
      AgeOfOldestMessage: z.number(),
    }),
  ),
});

export type QueueLoad = z.output<typeof queuesAnswer>["Queues"][number];

/**
 * AWS/SQS of queues that are active: those that are new or had messages in the last six hours ("Available CloudWatch
 * metrics for Amazon SQS"). Of an active queue zeros are told as well. Mere API calls do not make a queue active here.
 */
export class QueueMetrics {
  /** By ARN, epoch milliseconds. */
  private readonly lastActive = new Map<string, number>();

  constructor(private readonly activeForMs: number) {}

  measure(queues: readonly QueueLoad[], at: Date): readonly Datum[] {
    const known = new Set(queues.map(({ QueueArn }) => QueueArn));
    for (const arn of this.lastActive.keys()) if (!known.has(arn)) this.lastActive.delete(arn);
    return queues.filter((queue) => this.isActive(queue, at.getTime())).flatMap((queue) => metricsOf(queue, at));
  }

  private isActive({ QueueArn, Visible, NotVisible, Delayed }: QueueLoad, now: number): boolean {
    if (Visible + NotVisible + Delayed > 0 || !this.lastActive.has(QueueArn)) this.lastActive.set(QueueArn, now);
    return now - (this.lastActive.get(QueueArn) ?? now) <= this.activeForMs;
  }
}

function metricsOf(queue: QueueLoad, at: Date): readonly Datum[] {
  const { Account: account, Region: region, QueueName, Visible, NotVisible, Delayed, AgeOfOldestMessage } = queue;
  const figures: readonly (readonly [name: string, value: number, unit: string])[] = [
    ["ApproximateNumberOfMessagesVisible", Visible, "Count"],
    ["ApproximateNumberOfMessagesNotVisible", NotVisible, "Count"],
    ["ApproximateNumberOfMessagesDelayed", Delayed, "Count"],
    ["ApproximateAgeOfOldestMessage", AgeOfOldestMessage, "Seconds"],
  ];
  return figures.map(([name, value, unit]): Datum => {
    return { account, region, namespace: "AWS/SQS", name, dimensions: { QueueName }, values: [value], unit, at };
  });
}
