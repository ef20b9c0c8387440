import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createPort, type AddressInfo, type Server as Port, type Socket } from "node:net";
import type { Place } from "../container/probe";

export type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** One port that a container listens on. */
export interface OpenPort {
  /** Takes no new connections, and ends those that have nothing to do. */
  retire(): void;
  /** Ends everything at once, requests in flight too. */
  close(): void;
}

/** Codes by which the machine says that an address and port cannot be had. */
const notToBeHad = new Set(["EADDRINUSE", "EACCES", "EADDRNOTAVAIL"]);

/**
 * Ports of all containers. One HTTP server, which listens nowhere, serves the connections of them all: a port that
 * nobody uses costs a socket and no timer.
 */
export class Listeners {
  private readonly http: Server;
  private readonly serves = new WeakMap<Socket, Serve>();
  private readonly elsewhere = new Map<string, Place>();
  private readonly open = new Set<OpenPort>();

  constructor(log: (message: string) => void) {
    this.http = createServer((request, response) => {
      const serve = this.serves.get(request.socket);
      try {
        if (serve) serve(request, response);
        else response.destroy();
      } catch (error) {
        log(`A program failed: ${error instanceof Error ? error.stack : String(error)}`);
        // One request must not end the sandbox.
        response.destroy();
      }
    });
    // It is never the program that ends an idle connection first: a load balancer would answer 502 for it.
    this.http.keepAliveTimeout = 0;
    this.http.requestTimeout = 0;
    this.http.headersTimeout = 0;
  }

  /** Where a port of a task really listens: elsewhere only when its own address could not be had on this machine. */
  place(ip: string, port: number): Place {
    return this.elsewhere.get(`${ip}:${port}`) ?? { host: ip, port };
  }

  /** Whether all ports can be had at this address now. */
  async isFree(ip: string, ports: readonly number[]): Promise<boolean> {
    for (const port of ports) {
      const trial = createPort();
      const failure = await listen(trial, ip, port);
      await new Promise((resolve) => trial.close(resolve));
      if (failure) return false;
    }
    return true;
  }

  async listen(ip: string, port: number, serve: Serve): Promise<OpenPort> {
    const sockets = new Set<Socket>();
    const busy = new Set<Socket>();
    let isRetired = false;
    const server = createPort((socket) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      // The HTTP server watches too, but not in every state of a connection.
      socket.on("error", () => socket.destroy());
      this.serves.set(socket, (request, response) => {
        busy.add(socket);
        response.once("close", () => {
          busy.delete(socket);
          if (isRetired) socket.destroySoon();
        });
        if (isRetired) response.setHeader("connection", "close");
        serve(request, response);
      });
      this.http.emit("connection", socket);
    });
    await this.bind(server, ip, port);

    const opened: OpenPort = {
      retire: () => {
        isRetired = true;
        server.close();
        for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
      },
      close: () => {
        server.close();
        for (const socket of sockets) socket.destroy();
        this.elsewhere.delete(`${ip}:${port}`);
        this.open.delete(opened);
      },
    };
    this.open.add(opened);
    return opened;
  }

  close(): void {
    for (const port of [...this.open]) port.close();
    this.http.close();
  }

  private async bind(server: Port, ip: string, port: number): Promise<void> {
    const failure = await listen(server, ip, port);
    if (!failure) return;
    if (!notToBeHad.has(failure.code ?? "")) throw failure;
    const host = (await listen(server, ip, 0)) ? "127.0.0.1" : ip;
    if (!server.listening) {
      const lost = await listen(server, host, 0);
      if (lost) throw lost;
    }
    this.elsewhere.set(`${ip}:${port}`, { host, port: (server.address() as AddressInfo).port });
  }
}

function listen(server: Port, host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException): void => resolve(error);
    server.once("error", fail);
    server.listen({ host, port }, () => {
      server.off("error", fail);
      // Out of file descriptors, for example: a connection is lost, the sandbox is not.
      server.on("error", () => undefined);
      resolve(undefined);
    });
  });
}
