import type { IncomingMessage, ServerResponse } from "node:http";
import type { CloudAddress } from "./call";
import { postToCloud } from "./cloud-client";

/** Prefix of everything that is meant for the sandbox and not for AWS. */
export const controlPrefix = "/_slipway/";

/** What the control endpoints need of the process around them. */
export interface ControlPlane {
  /** Names this one cloud: another epoch is another cloud, with nothing of the former one in it. */
  readonly epoch: string;
  readonly cloud: CloudAddress;
  status(): Readonly<Record<string, unknown>>;
  /** Ends front and cloud, after the answer has been sent. */
  stop(): void;
}

type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** TABLE of control endpoints. Those that change something want the epoch, so that neither a web page nor a command with an old record reaches them. */
const endpoints: Readonly<Record<string, (plane: ControlPlane, body: string) => Promise<Answer>>> = {
  "GET health": async (plane) => ok({ epoch: plane.epoch }),
  "GET status": async (plane) => ok({ epoch: plane.epoch, ...plane.status() }),
  "POST seed": async (plane, body) => postToCloud(plane.cloud, "/slipway/seed", body),
  "POST stop": async (plane) => {
    setImmediate(() => plane.stop());
    return ok({ stopping: true });
  },
};

const ok = (body: Answer["body"]): Answer => ({ status: 200, body });

/** Answers a request below `controlPrefix`. */
export async function control(request: IncomingMessage, response: ServerResponse, plane: ControlPlane): Promise<void> {
  const { status, body } = await answer(request, plane);
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}

async function answer(request: IncomingMessage, plane: ControlPlane): Promise<Answer> {
  const name = (request.url ?? "").slice(controlPrefix.length);
  const endpoint = endpoints[`${request.method} ${name}`];
  if (!endpoint)
    return {
      status: 404,
      body: { error: `No such control endpoint. There are: ${Object.keys(endpoints).join(", ")}.` },
    };
  if (request.method !== "GET" && request.headers["x-slipway-epoch"] !== plane.epoch) {
    return { status: 403, body: { error: "This is another sandbox than the one that was meant." } };
  }
  return endpoint(plane, await bodyOf(request));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
