import { exitCodes, SlipwayError } from "../model/errors";
import type { Context } from "../context";
import type { Step } from "../model/release/strategy";
import { otherColour, type Colour, type SwitchPlan } from "../model/switch/plan";
import type { Pair } from "./pair";
import { readSide, type SideFacts } from "./side";

export interface PlanWishes {
  readonly to: Colour;
  readonly steps: readonly Step[];
  /** Why the health of `to` does not count; null when it does. */
  readonly forced: string | null;
}

/** An answer comes within milliseconds; a closed security group keeps silent. */
const probeTimeoutMs = 3_000;

/**
 * Looks at both environments once.
 *
 * @throws SlipwayError `not-deployed`, `databases-differ` or `record-newer` (exit 3)
 */
export async function makePlan(pair: Pair, { to, steps, forced }: PlanWishes): Promise<SwitchPlan> {
  const { shared, contexts } = pair;
  const [blue, green] = await Promise.all([
    readSide(contexts.blue, shared.name),
    readSide(contexts.green, shared.name),
  ]);
  const facts = { blue, green };
  refuseDatabases(pair, facts);
  const publicUrl = `${facts[to].balancerUrl?.startsWith("https:") === true ? "https" : "http"}://${shared.name}`;
  const [direct, common] = await Promise.all([
    reachable(contexts[to], facts[to].balancerUrl, shared.name),
    reachable(contexts[to], publicUrl, shared.name),
  ]);
  const directly = direct.kind === "answers" ? facts[to].checksAt(direct.url) : { checks: [], notes: [direct.note] };
  const publicly = common.kind === "answers" ? facts[to].checksAt(common.url) : { checks: [], notes: [common.note] };
  return {
    ...shared,
    from: otherColour(to),
    to,
    sides: { blue: blue.side, green: green.side },
    steps,
    directChecks: directly.checks,
    publicChecks: publicly.checks,
    forced,
    notes: [...new Set([...directly.notes, ...publicly.notes])],
  };
}

type Way = { readonly kind: "answers"; readonly url: string } | { readonly kind: "silent"; readonly note: string };

/** Any answer will do: what is asked is only whether there is a way from this machine. */
async function reachable({ http }: Pick<Context, "http">, url: string | null, host: string): Promise<Way> {
  if (url === null) return { kind: "silent", note: "There is no load balancer to check." };
  const answer = await http.get({
    url: `${url}/`,
    headers: { host },
    timeoutMs: probeTimeoutMs,
    verifyCertificate: false,
  });
  if (answer.kind === "answered") return { kind: "answers", url };
  return {
    kind: "silent",
    note: `${url} does not answer this machine (${answer.why}): no check is made there, and the health of the targets decides.`,
  };
}

function refuseDatabases({ contexts, separateDatabases }: Pair, facts: Readonly<Record<Colour, SideFacts>>): void {
  const [blue, green] = [facts.blue.database, facts.green.database];
  if (blue === green || separateDatabases) return;
  throw new SlipwayError({
    code: "databases-differ",
    exitCode: exitCodes.blocked,
    message: `${contexts.blue.stack} has ${named(blue)} and ${contexts.green.stack} has ${named(green)}: after a switch one would not have what was written to the other.`,
    remedy:
      "Nothing was changed. Let one use the other's (`slipway:database: { mode: reference }`), or say `separateDatabases: true` in `slipway:dns` of both.",
    data: { databases: { blue, green } },
  });
}

const named = (database: string | null): string => (database === null ? "no database" : `the database ${database}`);
