import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsFault } from "../model/aws-fault";
import type { Faults } from "../model/behaviour";
import type { ServiceApi } from "../model/service-api";
import type { CloudAddress } from "./call";
import { postToCloud } from "./cloud-client";
import type { ProxyNames } from "./proxy-names";

/** Prefix of everything that is meant for the sandbox and not for AWS. */
export const controlPrefix = "/_slipway/";

type Fields = Readonly<Record<string, unknown>>;

/** One thing that the sandbox can be asked, or told to do, besides AWS. What it throws is answered as `{ error }`. */
export type ControlEndpoint =
  /** Answers with JSON. @param body parsed JSON; undefined without a body */
  | { readonly kind: "answer"; answer(body: unknown): Promise<object> | object }
  /** Answers by itself, and may take as long as it likes. */
  | { readonly kind: "stream"; stream(request: IncomingMessage, response: ServerResponse): void };

/** What front and control endpoints need of the process around them. */
export interface ControlPlane {
  /** Names this one cloud: another epoch is another cloud, with nothing of the former one in it. */
  readonly epoch: string;
  readonly cloud: CloudAddress;
  /** What the front does not leave to moto. @default nothing */
  readonly apis?: readonly ServiceApi[];
  /** @default nothing goes wrong */
  readonly faults?: Pick<Faults, "apiFault">;
  /** By method and name, for example `POST fault`. All but those with GET want the epoch. */
  readonly endpoints?: Readonly<Record<string, ControlEndpoint>>;
  /** What its proxy finds. @default nothing */
  readonly names?: ProxyNames;
  /** Answers `GET /` of a browser. */
  page?(request: IncomingMessage, response: ServerResponse): void;
  status(): Fields;
  /** Ends front and cloud, after the answer has been sent. */
  stop(): void;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

const answering = (answer: (body: unknown) => Promise<object> | object): ControlEndpoint => ({
  kind: "answer",
  answer,
});

/** TABLE of control endpoints. Those that change something want the epoch, so that neither a web page nor a command with an old record reaches them. */
const endpoints: Readonly<Record<string, (plane: ControlPlane) => ControlEndpoint>> = {
  "GET health": ({ epoch }) => answering(() => ({ epoch })),
  "GET status": (plane) => answering(() => ({ epoch: plane.epoch, ...plane.status() })),
  "POST seed": ({ cloud }) =>
    answering(async (body) => {
      const { status, body: answer } = await postToCloud(cloud, "/slipway/seed", JSON.stringify(body));
      if (status < 400) return answer;
      throw new AwsFault("SeedRefused", String(answer["error"]), status);
    }),
  "POST stop": (plane) =>
    answering(() => {
      setImmediate(() => plane.stop());
      return { stopping: true };
    }),
};

/** More than anything that is told to the sandbox, the seeds of the largest stack included. */
const maxBytes = 16 * 2 ** 20;

/** Answers a request below `controlPrefix`. */
export async function control(request: IncomingMessage, response: ServerResponse, plane: ControlPlane): Promise<void> {
  const endpoint = endpointFor(request, plane);
  if (endpoint.kind === "stream") return endpoint.stream(request, response);
  const { status, body } = "status" in endpoint ? endpoint : await answered(endpoint, request);
  const text = JSON.stringify(body);
  if (response.destroyed) return;
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...(request.complete ? {} : { connection: "close" }),
  });
  response.end(text);
}

type Refusal = Answer & { readonly kind: "refusal" };

const refusal = (status: number, error: string): Refusal => ({ kind: "refusal", status, body: { error } });

function endpointFor(request: IncomingMessage, plane: ControlPlane): ControlEndpoint | Refusal {
  const known = {
    ...plane.endpoints,
    ...Object.fromEntries(Object.entries(endpoints).map(([name, of]) => [name, of(plane)])),
  };
  const name = (request.url ?? "").slice(controlPrefix.length).split("?")[0];
  const asked = `${request.method} ${name}`;
  const endpoint = Object.hasOwn(known, asked) ? known[asked] : undefined;
  if (!endpoint) return refusal(404, `No such control endpoint. There are: ${Object.keys(known).sort().join(", ")}.`);
  if (request.method !== "GET" && request.headers["x-slipway-epoch"] !== plane.epoch)
    return refusal(403, "This is another sandbox than the one that was meant.");
  return endpoint;
}

async function answered(
  endpoint: Extract<ControlEndpoint, { kind: "answer" }>,
  request: IncomingMessage,
): Promise<Answer> {
  try {
    return { status: 200, body: await endpoint.answer(parsed(await bodyOf(request))) };
  } catch (error) {
    // Endpoints check what they are sent with zod.
    if (error instanceof Error && error.name === "ZodError") return { status: 400, body: { error: error.message } };
    if (error instanceof AwsFault) return { status: error.status, body: { error: error.message, code: error.code } };
    process.stderr.write(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}\n`);
    return { status: 500, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AwsFault("InvalidJson", "The body is no JSON.");
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw new AwsFault("TooLarge", `The body is larger than ${maxBytes} bytes.`, 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
