import { exitCodes, SlipwayError } from "../../automation/model/errors";
import type { SessionRecord } from "./record";

/** A live sandbox answers within milliseconds; one that has not after this long on a busy machine is taken for dead. */
const answerMs = 5_000;

/** The first seed waits for moto to load EC2 and to make a key pair for the certificate. */
const workMs = 60_000;

/** True when the cloud of this record is there. A stranger on the same port does not know the epoch. */
export async function isAlive(record: SessionRecord): Promise<boolean> {
  try {
    return (await ask(record, "GET", "health")).epoch === record.epoch;
  } catch {
    return false;
  }
}

/** Calls one control endpoint; throws when it does not answer, a SlipwayError when it refuses. */
export async function ask(
  { port, epoch }: SessionRecord,
  method: "GET" | "POST",
  endpoint: string,
  body?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`http://127.0.0.1:${port}/_slipway/${endpoint}`, {
    method,
    headers: { "x-slipway-epoch": epoch, connection: "close" },
    signal: AbortSignal.timeout(method === "GET" ? answerMs : workMs),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw refused(endpoint, String(answer["error"]));
  return answer;
}

const refused = (endpoint: string, reason: string): SlipwayError =>
  new SlipwayError({
    code: "sandbox-refused",
    exitCode: exitCodes.failed,
    message: `The sandbox could not do \`${endpoint}\`: ${reason}`,
    remedy:
      "`slipway sandbox stop` and the same command again begin with a new one; its log is .slipway/sandbox/sandbox.log.",
  });
