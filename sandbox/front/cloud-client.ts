import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { AwsFault } from "../model/aws-fault";
import type { CloudAddress } from "./call";

/** What moto is sent in one piece. */
export interface CloudRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer | string;
}

/** What it answered, whole. */
export interface CloudAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** moto's slowest answers (a first key pair, a service that is loaded only now) take some seconds; the AWS clients give up after 60. */
export const cloudTimeoutMs = 50_000;

/** 503 makes AWS clients try again by themselves, which is right for a cloud that is just being restarted. */
export const cloudIsGone = (reason: string): AwsFault =>
  new AwsFault(
    "ServiceUnavailable",
    `The sandbox's cloud does not answer (${reason}). Start it again with \`slipway sandbox start\`.`,
    503,
  );

/**
 * Asks moto and waits for all of its answer, whatever its status.
 *
 * @throws AwsFault 503 when there is none in time
 */
export async function askCloud({ host, port }: CloudAddress, sent: CloudRequest): Promise<CloudAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host,
      port,
      method: sent.method,
      path: sent.path,
      headers: { ...written(sent.headers), "content-length": Buffer.byteLength(sent.body) },
      // moto closes every connection after its answer, so none is kept.
      agent: false,
    });
    // Not the socket's own timeout: that one begins again with every byte.
    const timer = setTimeout(
      () => request.destroy(new Error(`no answer within ${cloudTimeoutMs / 1000} s`)),
      cloudTimeoutMs,
    );
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(cloudIsGone(error.message));
    };
    request.on("error", fail);
    request.on("response", (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", fail);
      answer.on("end", () => {
        clearTimeout(timer);
        resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(chunks) });
      });
    });
    request.end(sent.body);
  });
}

/** node throws for a header that is undefined. */
const written = (headers: CloudRequest["headers"]): CloudRequest["headers"] =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));

/** Sends JSON to moto's own side doors and gives what it answered. */
export async function postToCloud(
  address: CloudAddress,
  path: string,
  body: string,
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const headers = { "content-type": "application/json" };
  const answer = await askCloud(address, { method: "POST", path, headers, body });
  return { status: answer.status, body: JSON.parse(answer.body.toString()) as Record<string, unknown> };
}
