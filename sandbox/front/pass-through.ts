import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { pipeline } from "node:stream/promises";
import { answerError } from "./aws-error";
import type { Call } from "./call";

/** Headers that belong to one connection and not to the message (RFC 9110, 7.6.1). */
const hopByHop: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Hands a call to moto and its answer back, both as streams, in the name of the caller's account. */
export async function passThrough({ request, response, credential, account, cloud }: Call): Promise<void> {
  // The answer is awaited only after the request has been sent; a failure before that must not be left unhandled.
  const sent = httpRequest({
    ...cloud,
    method: request.method,
    path: request.url,
    headers: { ...endToEnd(request.headers), "x-moto-account-id": account },
    // moto closes every connection after its answer, so none is kept.
    agent: false,
  });
  const answered = new Promise<void>((resolve) => {
    sent.on("error", (error) => {
      if (response.headersSent) response.destroy(error);
      else answerError(request, response, credential.service, unreachable(error));
      resolve();
    });
    sent.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      pipeline(answer, response).then(resolve, () => resolve());
    });
  });
  request.pipe(sent);
  response.on("close", () => response.writableFinished || sent.destroy());
  await answered;
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
}

/** 503 makes AWS clients try again by themselves, which is right for a cloud that is just being restarted. */
const unreachable = (error: Error): { status: number; code: string; message: string } => ({
  status: 503,
  code: "ServiceUnavailable",
  message: `The sandbox's cloud does not answer (${error.message}). Start it again with \`slipway sandbox start\`.`,
});
