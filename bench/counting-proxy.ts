import { Agent, createServer, request, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A call of AWS by whoever has this proxy for an endpoint. */
export interface Call {
  /** `UpdateService`; method and path where the protocol names no operation. */
  readonly operation: string;
  /** When it came in, by `performance.now()`. */
  readonly at: number;
}

export interface CountingProxy {
  /** To be `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** The calls since it was asked last. */
  take(): readonly Call[];
  close(): void;
}

/** Passes every call on to an endpoint, and writes down which it was and when it came. */
export async function countingProxy(endpoint: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(endpoint);
  const agent = new Agent({ keepAlive: true });
  let calls: Call[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    const at = performance.now();
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      calls.push({ operation: operationOf(incoming, body), at });
      const { method, url: path, headers } = incoming;
      const onward = request({ hostname, port, method, path, headers, agent }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on("error", () => outgoing.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = calls;
      calls = [];
      return taken;
    },
    close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

/** The ways in which protocols of AWS name it: a header, the end of the path, or a field of a form. */
function operationOf({ headers, method = "", url = "" }: IncomingMessage, body: Buffer): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1) ?? target;
  const inPath = /\/operation\/(\w+)$/.exec(url)?.[1];
  if (inPath !== undefined) return inPath;
  const inForm = /(?:^|&)Action=(\w+)/.exec(body.toString("latin1"))?.[1];
  return inForm ?? `${method} ${url.split("?")[0] ?? ""}`;
}
