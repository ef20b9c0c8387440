import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A program of the test's own that is a target: it answers when it is told to. */
export interface Program {
  readonly server: Server;
  readonly target: { readonly Id: string; readonly Port: number };
  /** Of its health check. */
  health: number;
  /** Answers of requests for /slow that are still owed. */
  readonly owed: ServerResponse[];
}

/** Listens at an address of its own. */
export function program(id: string): Promise<Program> {
  const owed: ServerResponse[] = [];
  const server = createServer(({ url }, response) => {
    if (url === "/slow") return void owed.push(response);
    if (url === "/health") response.statusCode = one.health;
    response.end(id);
  });
  const one = { server, target: { Id: id, Port: 0 }, health: 200, owed };
  return new Promise((resolve) =>
    server.listen(0, id, () => {
      one.target.Port = (server.address() as AddressInfo).port;
      resolve(one);
    }),
  );
}
