import type { Context } from "../context";
import { causesOf, type Journal, type ReleaseOutcome } from "../model/release/journal";

/** What the team reads first; one that went well is no news. */
const headlines: Readonly<Partial<Record<ReleaseOutcome, string>>> = {
  "rolled-back": "rolled back - investigating issue",
  stuck: "release is stuck - somebody has to look",
};

/** SNS takes no more (Publish, `Subject`). */
const longestSubject = 100;

/**
 * Tells the topic of the stack's alarms that a release went back or is stuck (RBK-2). Whether it is heard does not decide
 * over the release.
 */
export async function notifyTeam(
  { engine, notices, output, stack }: Pick<Context, "engine" | "notices" | "output" | "stack">,
  journal: Journal,
  outcome: ReleaseOutcome,
): Promise<void> {
  const headline = headlines[outcome];
  if (headline === undefined) return;
  const { plan, request, id } = journal;
  const text = [
    `${stack}: ${plan.service} ${headline}`,
    `${request.command}: ${plan.from.version} -> ${plan.to.version}, by ${request.by.user}@${request.by.host}`,
    `Record: ${id}`,
    ...causesOf(journal).map((cause) => cause.text),
  ].join("\n");
  const subject = `${stack}: ${plan.service} ${headline}`.replace(/[^\x20-\x7e]/g, "?").slice(0, longestSubject);
  try {
    const topic = (await engine.outputs()).find(({ name }) => name === "AlarmTopicArn")?.value;
    if (typeof topic === "string") await notices.send(topic, { subject, text });
  } catch (error) {
    output.say(
      `WARNING: nobody was told at the alarm topic: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
