import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, Server as TlsServer } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Listener } from "../tables";
import { answerRequest } from "./answer-request";
import { rawAnswer } from "./own-answer";
import type { PlaneContext } from "./plane-context";
import { upgrade } from "./upgrade";

/** PEM texts. */
export interface Certificate {
  readonly key: string;
  readonly certificate: string;
}

/** All headers of a request together; ALB user guide, "Quotas". */
const largestHead = 64 * 1024;

/** TABLE of what is wrong with bytes that are no request, by the parser's code; everything else is 400. */
const statusOfError: Readonly<Record<string, number>> = {
  HPE_INVALID_VERSION: 505,
  HPE_PAUSED_H2_UPGRADE: 505,
  HPE_INVALID_TRANSFER_ENCODING: 501,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** The parser has one code for an encoding that is not known, and for one that contradicts a length. */
function statusOf({ code, reason }: ParserError): number {
  if (reason?.includes("Content-Length")) return 400;
  return statusOfError[code ?? ""] ?? 400;
}

interface ParserError extends NodeJS.ErrnoException {
  readonly reason?: string;
}

/** One listener's server. Its rules change under it; connections stay. */
export class Entrance {
  readonly server: Server;
  /** Bytes that have been counted of each open connection. */
  private readonly connections = new Map<Socket, number>();
  private bytesOfClosed = 0;

  constructor(
    public listener: Listener,
    certificate: Certificate | undefined,
    private readonly context: PlaneContext,
  ) {
    const options = {
      maxHeaderSize: largestHead,
      // Answered by the load balancer's own page.
      requireHostHeader: false,
      requestTimeout: 0,
      headersTimeout: 60_000,
    };
    this.server = certificate
      ? createTlsServer({ ...options, key: certificate.key, cert: certificate.certificate })
      : createServer(options);
    this.idle(listener.balancer.idleMs);
    this.server.on("request", (request, response) => this.answer(request, response));
    this.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      upgrade(this.listener, request, socket, head, this.context),
    );
    this.server.on("connect", (_request: IncomingMessage, socket: Duplex) => this.reject(socket, 400));
    this.server.on("clientError", (error: ParserError, socket: Duplex) => this.confused(error, socket));
    this.server.on("timeout", (socket: Socket) => this.idled(socket));
    this.server.on(certificate ? "secureConnection" : "connection", (socket: Socket) => this.greet(socket));
  }

  get open(): number {
    return this.connections.size;
  }

  /** Takes the listener's new settings; they hold from the next request on. */
  follow(listener: Listener): void {
    this.listener = listener;
    this.idle(listener.balancer.idleMs);
  }

  /** Shows another certificate from the next connection on. */
  renew({ key, certificate }: Certificate): void {
    if (this.server instanceof TlsServer) this.server.setSecureContext({ key, cert: certificate });
  }

  /** Bytes of clients, both ways, since the last look. */
  takeBytes(): number {
    let bytes = this.bytesOfClosed;
    this.bytesOfClosed = 0;
    for (const [socket, counted] of this.connections) {
      const now = socket.bytesRead + socket.bytesWritten;
      bytes += now - counted;
      this.connections.set(socket, now);
    }
    return bytes;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
      // Connections that have left HTTP are not the server's any more.
      for (const socket of this.connections.keys()) socket.destroy();
    });
  }

  private idle(ms: number): void {
    this.server.timeout = ms;
    this.server.keepAliveTimeout = ms;
  }

  private greet(socket: Socket): void {
    socket.on("error", () => socket.destroy());
    this.connections.set(socket, 0);
    this.context.meter.own(this.listener.balancer, "NewConnectionCount");
    socket.once("close", () => {
      this.bytesOfClosed += socket.bytesRead + socket.bytesWritten - (this.connections.get(socket) ?? 0);
      this.connections.delete(socket);
    });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const startedAt = performance.now();
    response.on("error", () => response.destroy());
    request.on("error", () => undefined); // the response hears of the same end
    try {
      const target = answerRequest(this.listener, request, response, this.context);
      response.once("close", () => {
        // 460: the client did not wait for its answer.
        const status = response.headersSent ? response.statusCode : 460;
        this.context.meter.over(target, status, performance.now() - startedAt);
      });
    } catch (error) {
      this.context.log(`listener ${this.listener.arn}: ${error instanceof Error ? error.stack : String(error)}`);
      response.destroy();
    }
  }

  /** What came is no request; the connection cannot go on. */
  private confused(error: ParserError, socket: Duplex): void {
    const isGone = error.code === "ECONNRESET" || !socket.writable;
    // An answer that is under way would be mixed up with this one.
    const isAnswering = (socket as { readonly _httpMessage?: unknown })._httpMessage != null;
    if (isGone || isAnswering) return void socket.destroy();
    this.reject(socket, statusOf(error));
  }

  /** Nothing came or went for the idle timeout. */
  private idled(socket: Socket): void {
    const parser = (socket as { readonly parser?: { readonly incoming?: IncomingMessage | null } }).parser;
    const isAnswering = (socket as { readonly _httpMessage?: unknown })._httpMessage != null;
    // The target has the same time, and its end makes the 504.
    if (isAnswering && parser?.incoming?.complete !== false) return;
    if (isAnswering || socket.bytesWritten === 0) return this.reject(socket, 408);
    socket.destroy();
  }

  private reject(socket: Duplex, status: number): void {
    this.context.meter.answeredBySelf(this.listener.balancer, status);
    socket.on("error", () => socket.destroy());
    socket.end(rawAnswer(status), () => socket.destroy());
  }
}
