import { request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
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
  const signal = AbortSignal.timeout(mostMs);
  const { isGood, answer } = await new Promise<Answer>((resolve, reject) => {
    // Node's `fetch` takes longer to load than all of this takes.
    request({
      port,
      host: "127.0.0.1",
      path: `/_slipway/${endpoint}`,
      method,
      headers: { "x-slipway-epoch": epoch },
      agent: false,
      signal,
    })
      .on("response", (response) => void read(response).then(resolve, reject))
      .on("error", reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  }).catch((error: unknown) => {
    throw signal.aborted ? silent(endpoint, mostMs) : gone(endpoint, error);
  });
  if (!isGood) throw refused(endpoint, String(answer["error"]));
  return answer;
}

interface Answer {
  readonly isGood: boolean;
  readonly answer: Readonly<Record<string, unknown>>;
}

async function read(response: IncomingMessage): Promise<Answer> {
  const { statusCode = 0 } = response;
  return { isGood: statusCode < 400, answer: JSON.parse(await text(response)) as Answer["answer"] };
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
