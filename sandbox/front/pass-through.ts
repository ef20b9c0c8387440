import { request as httpRequest } from "node:http";
import { pipeline } from "node:stream/promises";
import { AwsFault } from "../model/aws-fault";
import type { Call } from "./call";
import { cloudIsGone, cloudTimeoutMs } from "./cloud-client";
import { beyondTheCloud, isPageForPeople } from "./cloud-fault";
import { endToEnd } from "./hop-by-hop";
import { protocolOf, protocols } from "./wire/protocols";

/** Hands a call to moto and its answer back, both as streams, in the name of the caller's account. */
export async function passThrough(call: Call): Promise<void> {
  const { request, response, credential, account, cloud } = call;
  // The answer is awaited only after the request has been sent; a failure before that must not be left unhandled.
  const sent = httpRequest({
    ...cloud,
    method: request.method,
    path: request.url,
    headers: { ...endToEnd(request.headers), "x-moto-account-id": account },
    // moto closes every connection after its answer, so none is kept.
    agent: false,
  });
  const answered = new Promise<void>((resolve, reject) => {
    // Begins again with every byte: a long upload is not cut off.
    sent.setTimeout(cloudTimeoutMs, () => sent.destroy(new Error(`no answer within ${cloudTimeoutMs / 1000} s`)));
    sent.on("error", (error) => reject(cloudIsGone(error.message)));
    sent.on("response", (answer) => {
      const status = answer.statusCode ?? 502;
      if (isPageForPeople(status, answer.headers["content-type"]) && credential.service !== "s3") {
        answer.resume();
        return reject(unknownTo(call));
      }
      response.writeHead(status, endToEnd(answer.headers));
      pipeline(answer, response).then(resolve, () => resolve());
    });
  });
  request.pipe(sent);
  response.on("close", () => response.writableFinished || sent.destroy());
  await answered;
}

function unknownTo({ request, credential: { service } }: Call): AwsFault {
  const { headers, method = "", url = "" } = request;
  const { operation, unknownOperation } = protocols[protocolOf(headers, service)];
  const named = operation({ method, url, headers, body: Buffer.alloc(0) }) ?? `${method} ${url.split("?")[0]}`;
  return new AwsFault(unknownOperation, beyondTheCloud(`${service}:${named}`).message);
}
