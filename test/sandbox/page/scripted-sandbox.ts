import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Snapshot } from "../../../sandbox/model/snapshot";
import { streamSnapshots } from "../../../sandbox/page/events";
import { pageHandler } from "../../../sandbox/page/page";

/** The page and its stream, told by a test what the sandbox is like. */
export interface ScriptedSandbox {
  readonly address: string;
  tell(snapshot: Snapshot): void;
  /** Nothing listens any more, and what was connected is cut off. */
  breakDown(): Promise<void>;
  comeBack(): Promise<void>;
}

export async function scriptedSandbox(first: Snapshot): Promise<ScriptedSandbox> {
  let now = first;
  const page = pageHandler();
  const states = streamSnapshots({ snapshot: () => now, everyMs: 20 });
  const server = createServer((request, response) => {
    if (request.url === "/_slipway/events") states.stream(request, response);
    else page(request, response);
  });
  const listen = async (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    tell: (snapshot) => (now = snapshot),
    breakDown: async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    comeBack: async () => listen(port),
  };
}
