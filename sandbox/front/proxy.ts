import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { endToEnd } from "./hop-by-hop";
import type { Destination, ProxyNames } from "./proxy-names";
import { absoluteTarget, authorityTarget, scopeOfProxy, type ProxyTarget } from "./proxy-target";

/** A listener of this machine takes a connection at once, or is gone. */
const connectTimeoutMs = 5_000;

const wrongUrl = "A proxy is asked for http://<name>[:port]/<path>, and for everything else by CONNECT <name>:<port>.";
const wrongAuthority = "CONNECT names <name>:<port>.";

/** This machine by the names that need no proxy. */
const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1"]);

export interface ProxyOptions {
  readonly names: ProxyNames;
  /** The front's own port, which may be asked for through itself. */
  readonly ownPort: () => number;
}

/** What clients on this machine reach the sandbox's load balancers by, under the names that those have at AWS. */
export class Proxy {
  /** They are no connections of the HTTP server any more. */
  private readonly tunnels = new Set<Duplex>();

  constructor(private readonly options: ProxyOptions) {}

  /** Path of a request to the front itself that came as one to a proxy; undefined for every other. */
  ownPath(url: string): string | undefined {
    const target = absoluteTarget(url);
    return target !== undefined && this.isOwn(target) ? target.path : undefined;
  }

  /** Answers a request whose target is a whole URL. */
  async forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = absoluteTarget(request.url ?? "");
    if (target === undefined) return answerText(request, response, 400, wrongUrl);
    const destination = await this.destinationOf(request, target);
    if (destination.kind === "unknown") return answerText(request, response, 502, destination.why);
    await passOn(request, response, destination, target);
  }

  /** Makes a tunnel of a connection (CONNECT). */
  async tunnel(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    this.tunnels.add(socket);
    socket.once("close", () => this.tunnels.delete(socket));
    socket.on("error", () => socket.destroy());
    const target = authorityTarget(request.url ?? "");
    if (target === undefined) return refuse(socket, "400 Bad Request", wrongAuthority);
    const destination = await this.destinationOf(request, target);
    if (socket.destroyed) return;
    if (destination.kind === "unknown") return refuse(socket, "502 Bad Gateway", destination.why);
    const far = connect({ host: destination.host, port: destination.port });
    far.setTimeout(connectTimeoutMs, () => far.destroy(new Error("no connection in time")));
    let isOpen = false;
    far.once("connect", () => {
      isOpen = true;
      far.setTimeout(0);
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      if (head.length > 0) far.write(head);
      far.pipe(socket);
      socket.pipe(far);
    });
    far.on("error", (error) => {
      if (isOpen) socket.destroy();
      else refuse(socket, "502 Bad Gateway", `${target.name}:${target.port} does not answer: ${error.message}`);
    });
    far.once("close", () => isOpen && socket.end());
    socket.once("close", () => far.destroy());
  }

  /** Ends all tunnels. */
  close(): void {
    for (const socket of this.tunnels) socket.destroy();
  }

  private async destinationOf({ headers }: IncomingMessage, target: ProxyTarget): Promise<Destination> {
    const { name, port } = target;
    if (this.isOwn(target)) return { kind: "found", host: "127.0.0.1", port };
    if (loopback.has(name))
      return { kind: "unknown", why: `${name} is this machine and needs no proxy: name it in NO_PROXY.` };
    try {
      return await this.options.names.find(scopeOfProxy(headers), name, port);
    } catch (error) {
      return { kind: "unknown", why: `${name} cannot be looked up: ${(error as Error).message}` };
    }
  }

  private readonly isOwn = ({ name, port }: ProxyTarget): boolean =>
    loopback.has(name) && port === this.options.ownPort();
}

async function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  { host, port }: Extract<Destination, { kind: "found" }>,
  target: ProxyTarget,
): Promise<void> {
  const chunked = request.headers["transfer-encoding"] === undefined ? {} : { "transfer-encoding": "chunked" };
  // A proxy takes the name from the URL, whatever the header says (RFC 9112, 3.2.2).
  const headers = { ...endToEnd(request.headers), host: authorityOf(target), ...chunked };
  // The front has answered it by itself.
  delete headers.expect;
  const upstream = httpRequest({ host, port, method: request.method, path: target.path, headers, agent: false });
  const answered = new Promise<void>((resolve, reject) => {
    upstream.on("error", (error) => {
      if (response.headersSent) response.destroy();
      else reject(new Error(`${authorityOf(target)} does not answer: ${error.message}`));
    });
    upstream.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? "", endToEnd(answer.headers));
      pipeline(answer, response).then(resolve, () => resolve());
    });
  });
  request.pipe(upstream);
  response.on("close", () => response.writableFinished || upstream.destroy());
  await answered.catch((error: Error) => answerText(request, response, 502, error.message));
}

const authorityOf = ({ name, port }: ProxyTarget): string => (port === 80 ? name : `${name}:${port}`);

function answerText(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(text) + 1,
    ...(request.complete ? {} : { connection: "close" }),
  });
  response.end(`${text}\n`);
}

function refuse(socket: Duplex, status: string, text: string): void {
  const head = [
    `HTTP/1.1 ${status}`,
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(text) + 1}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${text}\n`);
}
