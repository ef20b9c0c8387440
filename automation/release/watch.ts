import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import { CloudError } from "../model/cloud-error";
import { decideWatch, effective } from "../model/release/decide-watch";
import type { WatchRecord } from "../model/release/watch";
import { describeDuration } from "../model/duration";
import type { Report } from "../model/report";
import { requireConsent, type Consent } from "../stack/ask-first";
import type { LockOptions } from "../stack/changing";
import { holderOf } from "../stack/open-releases";
import type { BeginContext } from "./begin";
import { asked } from "./cloud-failure";
import { servicesNamed } from "./restart";
import { rollback } from "./rollback";

export interface WatchOptions extends Consent, LockOptions {
  /** @default every service with an open watch */
  readonly service?: string | undefined;
  /** Look once and end: for a timer that comes again. @default false */
  readonly once?: boolean | undefined;
}

/** Alarms are evaluated once a minute at best. */
const lookMs = 30_000;
/** Restarts and releases that went back do not end a watch; so many of a service's records are looked at. */
const memory = 20;

/**
 * Watches what was released lately, as long as its records say, and takes it back when an alarm fires. The records
 * survive this process: whoever calls it again goes on.
 *
 * @returns exit code 0 when every watch is over (or still open, with `once`), 10 when something was taken back
 */
export async function watch(context: BeginContext, options: WatchOptions): Promise<Report> {
  requireConsent(context.output, options);
  const services = servicesNamed(context.config, options.service === undefined ? [] : [options.service]);
  const { stop } = context.interrupts();
  const ends: WatchEnd[] = [];
  for (let open = await openWatches(context, services); open.length > 0; open = await openWatches(context, services)) {
    for (const record of open) {
      const end = await asked(() => patiently(context, record, options));
      if (end !== undefined) ends.push(end);
    }
    if (options.once === true || options.dryRun === true || stop.aborted) break;
    if ((await openWatches(context, services)).length > 0) await context.clock.sleep(lookMs, stop);
  }
  return watchReport(context, ends, await openWatches(context, services));
}

interface WatchEnd {
  readonly record: WatchRecord;
  readonly rollback?: Report;
}

const openWatches = async (
  { watches }: Pick<Context, "watches">,
  services: readonly string[],
): Promise<readonly WatchRecord[]> =>
  (await watches.list()).filter(({ state, service }) => state === "open" && services.includes(service));

/** A watch lasts for hours: an answer that AWS does not give just now is asked for again. */
async function patiently(
  context: BeginContext,
  record: WatchRecord,
  options: WatchOptions,
): Promise<WatchEnd | undefined> {
  try {
    return await lookOnce(context, record, options);
  } catch (error) {
    if (!(error instanceof CloudError) || error.kind !== "transient" || options.once === true) throw error;
    context.output.say(`${record.service}: AWS does not answer: ${error.message}`);
    return undefined;
  }
}

async function lookOnce(
  context: BeginContext,
  record: WatchRecord,
  options: WatchOptions,
): Promise<WatchEnd | undefined> {
  const { watches, metrics, journals, clock, output } = context;
  const [alarms, closed] = await Promise.all([metrics.alarms(record.alarms), journals.latest(memory, record.service)]);
  const decision = decideWatch({ record, alarms, lastRelease: effective(closed)?.release, now: clock.now() });
  switch (decision.kind) {
    case "wait":
      output.say(`${record.service}: watched for ${describeDuration(decision.leftMs)} more, nothing fires.`);
      return undefined;
    case "superseded":
      return settle(watches, { ...record, state: "superseded" });
    case "end":
      return settle(watches, { ...record, state: "ended" });
    case "breach": {
      if ((await holderOf(context.serviceLock(record.service))) !== undefined) {
        output.say(`${record.service}: an alarm fires while it is being released, which judges it.`);
        return undefined;
      }
      output.say(`${record.service}: an alarm fires, so it goes back to ${record.point}.\n${decision.what}`);
      if (options.dryRun === true) return { record: { ...record, breach: decision.what } };
      // Written only when the way back has ended: a run that is killed here finds the watch open and goes back again.
      const report = await takenBack(context, record, decision.what, options);
      if (report === undefined) return settle(watches, { ...record, state: "superseded" });
      await watches.put({ ...record, state: "breached", breach: decision.what });
      return { record: { ...record, state: "breached", breach: decision.what }, rollback: report };
    }
  }
}

/** Undefined when something else is live by the time the lock is held. */
async function takenBack(
  context: BeginContext,
  { service, release, point }: WatchRecord,
  what: string,
  { waitForLock = "" }: WatchOptions,
): Promise<Report | undefined> {
  try {
    const reason = `Watch of ${release}: ${what}`;
    return await rollback(context, { service, to: point, onlyFrom: release, reason, yes: true, waitForLock });
  } catch (error) {
    if (error instanceof SlipwayError && error.code === "superseded") return undefined;
    throw error;
  }
}

async function settle(watches: Context["watches"], record: WatchRecord): Promise<WatchEnd> {
  await watches.put(record);
  return { record };
}

function watchReport(
  { stack }: Pick<Context, "stack">,
  ends: readonly WatchEnd[],
  open: readonly WatchRecord[],
): Report {
  const lines = [
    ...ends.map(
      ({ record, rollback: back }) =>
        `${record.service}: ${words[record.state]}${back === undefined ? "" : `\n${back.summary}`}`,
    ),
    ...open.map(({ service, end }) => `${service}: watched until ${end}; \`slipway release watch ${stack}\` goes on.`),
  ];
  const failed = ends.find(({ rollback: back }) => back !== undefined && (back.exitCode ?? 0) !== exitCodes.done);
  const isBack = ends.some(({ record }) => record.state === "breached");
  return {
    summary: lines.length === 0 ? `Nothing is watched in ${stack}.` : lines.join("\n"),
    data: {
      outcome: isBack ? "rolled-back" : open.length > 0 ? "open" : "ended",
      watches: [...ends.map(({ record }) => record), ...open],
    },
    exitCode: failed !== undefined ? exitCodes.failed : isBack ? exitCodes.rolledBack : exitCodes.done,
  };
}

const words: Readonly<Record<WatchRecord["state"], string>> = {
  open: "still watched",
  ended: "watched to the end, nothing fired",
  breached: "an alarm fired; it was taken back",
  superseded: "something else is live by now; no longer watched",
};
