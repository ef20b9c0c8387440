import { runLoad, type LoadReport } from "../../../sandbox/load/run-load";
import { loadPorts } from "../../../sandbox/load/sockets";

export interface Traffic {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly rps: number;
  readonly requests: number;
}

/** Sends so many requests to `/` while `work` goes on; ends when both have. */
export async function underLoad({ origin, rps, requests }: Traffic, work: () => Promise<void>): Promise<LoadReport> {
  const ports = loadPorts({ connections: 100, timeoutMs: 10_000 });
  try {
    const target = { origin, path: "/", headers: {} };
    const load = runLoad({ targets: [target], rps, durationMs: (requests * 1_000) / rps }, ports);
    await Promise.all([load, work()]);
    return await load;
  } finally {
    ports.close();
  }
}
