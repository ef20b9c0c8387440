import type { Cause } from "../release/cause";
import type { SwitchAction } from "./action";
import type { SwitchJournal, SwitchOutcome } from "./journal";
import type { ColourHealth, SwitchObserved } from "./observed";
import type { Colour, SwitchPlan } from "./plan";
import { standOf, type SwitchStand } from "./stand";

/** Between two looks. */
export const pollMs = 5_000;
/** For Route 53 to have a change everywhere: "generally within 60 seconds" (API GetChange). */
export const syncMs = 10 * 60_000;
/** Resolvers may answer as before for as long after that: an alias to a load balancer has a TTL of 60 seconds. */
export const forgetMs = 90_000;
/** For how long AWS may not answer before that is a reason not to begin, or to go back. */
export const blindMs = 60_000;

type Seen = Extract<SwitchObserved, { kind: "seen" }>;

/** What a switch does next. Total: whatever is seen and written, there is an answer, and it comes to an end. */
export function decideSwitch(
  plan: SwitchPlan,
  observed: SwitchObserved,
  { entries }: Pick<SwitchJournal, "entries">,
  now: Date,
): SwitchAction {
  const stand = standOf({ entries });
  if (stand.isClosed) return { kind: "stop" };
  if (stand.turnedBack !== undefined) return wayBack(plan, observed, stand, stand.turnedBack, now);
  if (observed.kind === "blind") {
    const { since, error } = observed;
    if (now.getTime() - Date.parse(since) < blindMs) return wait("AWS does not answer");
    return giveUp(stand, { kind: "blind", text: `AWS could not be asked since ${since}: ${error}` });
  }
  return stand.isVerified ? forward(plan, observed, stand, now) : begin(plan, observed, stand);
}

/** What speaks against giving an environment traffic; undefined when nothing does. */
export const causeAgainst = (colour: Colour, health: ColourHealth): Cause | undefined =>
  causeOf(colour, health.faults, health);

function causeOf(colour: Colour, found: readonly string[], { firing }: ColourHealth): Cause | undefined {
  if (found.length > 0) return { kind: "unhealthy", text: `${colour} is not healthy:\n${list(found)}` };
  if (firing.length === 0) return undefined;
  const alarms = firing.map(({ name, reason }) => `${name}${reason === "" ? "" : `: ${reason}`}`);
  return { kind: "alarm", text: `Alarms of ${colour} fire:\n${list(alarms)}` };
}

function begin(plan: SwitchPlan, seen: Seen, stand: SwitchStand): SwitchAction {
  if (plan.forced !== null) return { kind: "note", fact: { kind: "verified" } };
  const cause = causeAgainst(plan.to, seen.health[plan.to]) ?? failedCheck(seen);
  if (cause !== undefined) return giveUp(stand, cause);
  if (plan.directChecks.length > 0 && seen.checks === undefined) return { kind: "check", side: "direct" };
  return { kind: "note", fact: { kind: "verified" } };
}

function forward(plan: SwitchPlan, seen: Seen, stand: SwitchStand, now: Date): SwitchAction {
  const health = seen.health[plan.to];
  const cause =
    (plan.forced === null ? causeOf(plan.to, health.failures, health) : undefined) ?? strange(plan, seen, stand);
  if (cause !== undefined) return giveUp(stand, cause);
  const step = plan.steps[stand.step];
  if (step === undefined) return finish(plan, seen, stand, now);
  if (stand.shifted === undefined) return { kind: "shift", step: stand.step, percent: step.percent };
  const { inSyncAt } = stand.lastChange ?? {};
  if (inSyncAt === undefined) return untilInSync(seen, stand, now);
  const left = Date.parse(inSyncAt) + step.bakeSeconds * 1_000 - now.getTime();
  if (left > 0) return wait(`watching ${plan.to} at ${step.percent} %`, Math.min(left, pollMs));
  return { kind: "note", fact: { kind: "passed", step: stand.step } };
}

function untilInSync(seen: Seen, { lastChange }: SwitchStand, now: Date): SwitchAction {
  if (lastChange === undefined) throw new Error("There is no change to wait for.");
  if (seen.inSync === true) return { kind: "note", fact: { kind: "in-sync", change: lastChange.id } };
  if (now.getTime() - Date.parse(lastChange.at) < syncMs) return wait("Route 53 tells its name servers");
  return turnBack({ kind: "deadline", text: `Route 53 did not have the change ${lastChange.id} everywhere in time.` });
}

function finish(plan: SwitchPlan, seen: Seen, { isConfirmed, lastChange }: SwitchStand, now: Date): SwitchAction {
  if (isConfirmed || plan.publicChecks.length === 0 || plan.forced !== null) return closed("done");
  if (seen.checks === undefined) return { kind: "check", side: "public" };
  const cause = failedCheck(seen);
  if (cause === undefined) return { kind: "note", fact: { kind: "confirmed" } };
  const since = Date.parse(lastChange?.inSyncAt ?? now.toISOString());
  if (now.getTime() - since < forgetMs) return wait(`${plan.name} does not answer as expected yet`);
  return turnBack(cause);
}

function wayBack(
  plan: SwitchPlan,
  observed: SwitchObserved,
  { restored, lastChange }: SwitchStand,
  cause: Cause,
  now: Date,
): SwitchAction {
  if (restored === undefined) return { kind: "restore", colour: safeColour(plan, observed) };
  const { at = restored.at, inSyncAt } = lastChange ?? {};
  // The weights stand in the zone; after that time it is Route 53's to bring them everywhere, and nobody's to wait.
  const isOver = inSyncAt !== undefined || now.getTime() - Date.parse(at) >= syncMs;
  if (isOver) return closed(restored.colour === plan.from ? "rolled-back" : "stuck", cause);
  if (observed.kind === "seen" && observed.inSync === true)
    return { kind: "note", fact: { kind: "in-sync", change: restored.change } };
  return wait("Route 53 tells its name servers");
}

/** Back to where it came from, unless nobody would answer there and somebody does here. */
function safeColour(plan: SwitchPlan, observed: SwitchObserved): Colour {
  if (observed.kind === "blind") return plan.from;
  const { health } = observed;
  return !health[plan.from].serving && health[plan.to].serving ? plan.to : plan.from;
}

/** Weights that are not those of the last step. */
function strange({ from, to }: SwitchPlan, { shares }: Seen, { shifted, step }: SwitchStand): Cause | undefined {
  if (shifted === undefined || shifted.step !== step || shares[to] === shifted.percent) return undefined;
  return {
    kind: "changed-elsewhere",
    text: `Somebody else has changed the weights: ${to} has ${shares[to]} % and ${from} ${shares[from]} %, and not ${shifted.percent} % and ${100 - shifted.percent} %.`,
  };
}

const failedCheck = ({ checks }: Seen): Cause | undefined =>
  checks?.kind === "failed" ? { kind: "check-failed", text: checks.text } : undefined;

/** Nothing was changed before the first shift, so there is nothing to take back. */
const giveUp = ({ hasShifted }: SwitchStand, cause: Cause): SwitchAction =>
  hasShifted ? turnBack(cause) : closed("refused", cause);

const turnBack = (cause: Cause): SwitchAction => ({ kind: "note", fact: { kind: "turned-back", cause } });

const closed = (outcome: SwitchOutcome, cause?: Cause): SwitchAction => ({
  kind: "note",
  fact: { kind: "closed", outcome, ...(cause === undefined ? {} : { cause }) },
});

const wait = (why: string, ms = pollMs): SwitchAction => ({ kind: "wait", ms, why });

const list = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join("\n");
