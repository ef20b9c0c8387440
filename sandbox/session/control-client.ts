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

/**
 * Calls one control endpoint.
 *
 * @throws SlipwayError `sandbox-refused` with what it says as `data.reason`, `sandbox-silent`, or `sandbox-gone` (exit 5)
 */
export async function ask(
  { port, epoch }: SessionRecord,
  method: "GET" | "POST",
  endpoint: string,
  body?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const mostMs = method === "GET" ? answerMs : workMs;
  const { isGood, answer } = await fetch(`http://127.0.0.1:${port}/_slipway/${endpoint}`, {
    method,
    headers: { "x-slipway-epoch": epoch, connection: "close" },
    signal: AbortSignal.timeout(mostMs),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
    .then(async (response) => ({ isGood: response.ok, answer: (await response.json()) as Record<string, unknown> }))
    .catch((error: unknown) => {
      throw error instanceof Error && error.name === "TimeoutError" ? silent(endpoint, mostMs) : gone(endpoint, error);
    });
  if (!isGood) throw refused(endpoint, String(answer["error"]));
  return answer;
}

const silent = (endpoint: string, afterMs: number): SlipwayError =>
  new SlipwayError({
    code: "sandbox-silent",
    exitCode: exitCodes.failed,
    message: `The sandbox has not answered \`${endpoint}\` within ${afterMs / 1000} s.`,
    remedy:
      "It may only be busy: `slipway sandbox status` looks again. Its log is .slipway/sandbox/sandbox.log, and `slipway sandbox stop` ends it.",
  });

const gone = (endpoint: string, cause: unknown): SlipwayError =>
  new SlipwayError(
    {
      code: "sandbox-gone",
      exitCode: exitCodes.unhealthy,
      message: `The sandbox has ended while it was asked for \`${endpoint}\`.`,
      remedy: "`slipway sandbox start` begins with a new one; the log of the old one is .slipway/sandbox/sandbox.log.",
    },
    { cause },
  );

const refused = (endpoint: string, reason: string): SlipwayError =>
  new SlipwayError({
    code: "sandbox-refused",
    exitCode: exitCodes.failed,
    message: `The sandbox could not do \`${endpoint}\`: ${reason}`,
    remedy:
      "`slipway sandbox stop` and the same command again begin with a new one; its log is .slipway/sandbox/sandbox.log.",
    data: { reason },
  });
