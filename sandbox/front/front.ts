import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsFault } from "../model/aws-fault";
import { apiTable } from "./api-table";
import { answerError, type AwsError } from "./aws-error";
import { control, controlPrefix, type ControlPlane } from "./control";
import { accountOf, credentialOf } from "./credential";
import { dispatch, type Dispatching } from "./dispatch";
import { Proxy } from "./proxy";
import type { ProxyNames } from "./proxy-names";
import { isProxied } from "./proxy-target";

export interface RunningFront {
  readonly port: number;
  close(): Promise<void>;
}

/** Wrong callers are refused as AWS refuses them, so that a forgotten environment variable shows itself. */
const refusals = {
  unsigned: {
    status: 403,
    code: "MissingAuthenticationToken",
    message: "The request is not signed. `slipway sandbox env <stack>` prints credentials for the sandbox.",
  },
  unknownKey: {
    status: 403,
    code: "InvalidClientTokenId",
    message:
      "The access key is not one of the sandbox: it must be SANDBOX and the 12 digits of the account. `slipway sandbox env <stack>` prints it.",
  },
} as const satisfies Record<string, AwsError>;

const noNames: ProxyNames = {
  find: async (_scope, name) => ({ kind: "unknown", why: `There is no ${name} here.` }),
};

/**
 * Starts the sandbox's AWS endpoint on 127.0.0.1; it is an HTTP proxy as well, for the names of its load balancers.
 *
 * @param preferredPort taken when it is free; any free port otherwise, and for 0
 */
export async function startFront(plane: ControlPlane, preferredPort: number): Promise<RunningFront> {
  const dispatching: Dispatching = {
    table: apiTable(plane.apis ?? []),
    faults: plane.faults ?? { apiFault: () => undefined },
  };
  const ownPort = (): number => (server.address() as AddressInfo).port;
  const proxy = new Proxy({ names: plane.names ?? noNames, ownPort });
  const server = createServer((request, response) => {
    const proxied = isProxied(request.url) ? proxy.ownPath(request.url ?? "") : request.url;
    const answered =
      proxied === undefined
        ? proxy.forward(request, response)
        : answer(Object.assign(request, { url: proxied }), response, plane, dispatching);
    answered.catch((error: unknown) => fail(request, response, error));
  });
  server.on("connect", (request, socket, head) => void proxy.tunnel(request, socket, head));
  // Longer than the clients' own idle time, so that it is never the server that closes first (node's default is 5 s).
  server.keepAliveTimeout = 65_000;
  await listen(server, preferredPort).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    return listen(server, 0);
  });
  return {
    port: ownPort(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        proxy.close();
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  plane: ControlPlane,
  dispatching: Dispatching,
): Promise<void> {
  if (request.url?.startsWith(controlPrefix)) return control(request, response, plane);
  const credential = credentialOf(request);
  if (!credential) {
    const isBrowser = request.method === "GET" && request.url?.split("?")[0] === "/";
    if (isBrowser && plane.page) return plane.page(request, response);
    return answerError(request, response, undefined, refusals.unsigned);
  }
  const account = accountOf(credential.accessKeyId);
  if (!account) return answerError(request, response, credential.service, refusals.unknownKey);
  return dispatch({ request, response, credential, account, cloud: plane.cloud }, dispatching);
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const service = credentialOf(request)?.service;
  if (error instanceof AwsFault) return answerError(request, response, service, error);
  // A caller that goes before it has sent everything is no failure of anybody here.
  if (request.destroyed && !request.complete) return void response.destroy();
  process.stderr.write(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}\n`);
  answerError(request, response, service, {
    status: 500,
    code: "InternalFailure",
    message: `The sandbox itself failed: ${error instanceof Error ? error.message : String(error)}`,
  });
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}
