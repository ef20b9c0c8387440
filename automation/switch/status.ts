import type { Context } from "../context";
import type { Weights } from "../model/release/plan";
import type { Report } from "../model/report";
import { endOf, type SwitchJournal } from "../model/switch/journal";
import type { SharedName } from "../model/switch/plan";
import { exitCodes, SlipwayError } from "../model/errors";
import { asked } from "../release/cloud-failure";
import { pairTable } from "./describe";
import { healthOf } from "./health";
import { openPair, type Pair } from "./pair";
import { activeColour, sharesOf } from "./shares";
import { readSide } from "./side";

/** Which colour is active, how both are doing, and what the last switch came to. */
export async function switchStatus(context: Context): Promise<Report> {
  const pair = await openPair(context);
  const { shared, contexts } = pair;
  const [blue, green] = await Promise.all([
    readSide(contexts.blue, shared.name),
    readSide(contexts.green, shared.name),
  ]);
  const sides = { blue: blue.side, green: green.side };
  const [shares, last, ...healths] = await asked(() =>
    Promise.all([
      presentShares(pair),
      context.switches.last(shared),
      healthOf(contexts.blue, sides.blue),
      healthOf(contexts.green, sides.green),
    ]),
  );
  const health = { blue: healths[0], green: healths[1] };
  const active = activeColour(shares);
  const state =
    active === undefined ? `The traffic of ${shared.name} is split` : `${active} is active for ${shared.name}`;
  return {
    summary: [
      `${state}.`,
      pairTable(sides, shares, health),
      ...(last === undefined ? [] : [lastLine(last.journal)]),
    ].join("\n\n"),
    data: {
      ...shared,
      active: active ?? null,
      shares,
      stacks: { blue: sides.blue.stack, green: sides.green.stack },
      health,
      last: last?.journal ?? null,
    },
  };
}

/** @throws SlipwayError `record-missing` (exit 3) */
export async function presentShares({ shared, contexts }: Pair): Promise<Weights> {
  const shares = sharesOf(await contexts.blue.dns.weighted(shared));
  if (shares === undefined) throw recordMissing(shared, contexts);
  return shares;
}

function lastLine({ plan, entries, startedAt, by, ...rest }: SwitchJournal): string {
  const end = endOf({ plan, entries, startedAt, by, ...rest });
  const what = `from ${plan.from} to ${plan.to}, begun at ${startedAt} by ${by.user}@${by.host}`;
  if (end !== undefined) return `Last switch: ${what}: ${end.outcome}.`;
  return `A switch ${what} is not over: \`slipway switch ${plan.sides[plan.to].stack}\` goes on, with --back it goes back.`;
}

const recordMissing = ({ zoneId, name }: SharedName, contexts: Pair["contexts"]): SlipwayError =>
  new SlipwayError({
    code: "record-missing",
    exitCode: exitCodes.blocked,
    message: `Zone ${zoneId} has no weighted records of ${name} for both blue and green.`,
    remedy: `Nothing was changed. Deploy both: \`slipway up ${contexts.blue.stack}\` and \`slipway up ${contexts.green.stack}\`.`,
  });
