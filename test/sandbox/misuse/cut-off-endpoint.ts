import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** An AWS endpoint in front of the sandbox's, which can go away as a network does. */
export interface CutOffEndpoint {
  readonly url: string;
  /** Number of requests that came through. */
  passed(): number;
  /** It goes away after this many more requests; those that were let through are answered. */
  cutAfter(requests: number): void;
  mend(): void;
  close(): Promise<void>;
}

export async function cutOffEndpoint(behind: string): Promise<CutOffEndpoint> {
  let passed = 0;
  let limit = Infinity;
  const server = createServer((incoming, answer) => {
    if (passed >= limit) return void incoming.socket.destroy();
    passed += 1;
    const { method, headers, url } = incoming;
    const onward = request(`${behind}${url}`, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 500, answered.headers);
      answered.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed: () => passed,
    cutAfter: (requests) => (limit = passed + requests),
    mend: () => (limit = Infinity),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
