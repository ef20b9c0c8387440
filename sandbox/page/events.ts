import type { IncomingMessage, ServerResponse } from "node:http";
import type { Timer } from "../model/clock";
import type { Snapshot } from "../model/snapshot";
import { isForThisMachine } from "./local-host";

export interface SnapshotStreamOptions {
  readonly snapshot: () => Snapshot;
  /** How often it looks whether something has changed, in real milliseconds: people watch in real time. @default 500 */
  readonly everyMs?: number;
  /** @default node's own, which does not keep the process alive */
  readonly timer?: { every(ms: number, work: () => void): Timer };
}

/** A stream that is the `GET events` of the control endpoints. */
export interface SnapshotStream {
  readonly kind: "stream";
  stream(request: IncomingMessage, response: ServerResponse): void;
  /** Ends all streams. */
  close(): void;
}

/** A comment after so long without an event, so that neither side takes a quiet stream for a dead one. */
const heartbeatMs = 15_000;

/** A client that has fallen so far behind reads no more; it may come back. */
const mostUnreadBytes = 4 * 2 ** 20;

/** As soon as a browser may come back, in milliseconds. */
const retryMs = 1_000;

/**
 * Sends the whole state to everybody who watches: at once, and whenever it has changed. One timer serves all of them,
 * and there is none while nobody watches. That time has passed is no change.
 */
export function streamSnapshots({ snapshot, everyMs = 500, timer = realTimer }: SnapshotStreamOptions): SnapshotStream {
  const clients = new Set<ServerResponse>();
  let ticking: Timer | undefined;
  let sent = "";
  let quietMs = 0;

  const leave = (client: ServerResponse): void => {
    clients.delete(client);
    if (clients.size > 0) return;
    ticking?.cancel();
    ticking = undefined;
  };
  const send = (client: ServerResponse, text: string): void => {
    client.write(text);
    if (client.writableLength <= mostUnreadBytes) return;
    leave(client);
    client.destroy();
  };
  const tick = (): void => {
    const now = look(snapshot);
    const hasChanged = now !== undefined && now.essence !== sent;
    quietMs = hasChanged ? 0 : quietMs + everyMs;
    if (!hasChanged && quietMs < heartbeatMs) return;
    quietMs = 0;
    if (now) sent = now.essence;
    for (const client of clients) send(client, hasChanged ? now.event : ":\n\n");
  };

  return {
    kind: "stream",
    stream: (request, response) => {
      if (!isForThisMachine(request.headers.host)) return void response.writeHead(403).end();
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
      response.on("error", () => undefined);
      response.on("close", () => leave(response));
      send(response, `retry: ${retryMs}\n\n`);
      const first = look(snapshot);
      if (first) send(response, first.event);
      if (response.destroyed) return;
      // Others have not seen this state yet: `sent` stays what they know, unless there are none.
      if (clients.size === 0) sent = first?.essence ?? "";
      clients.add(response);
      ticking ??= timer.every(everyMs, tick);
    },
    close: () => {
      for (const client of [...clients]) client.end();
    },
  };
}

/** The state as an event, and as what is compared. A part that fails must not end everybody's stream. */
function look(snapshot: () => Snapshot): { readonly event: string; readonly essence: string } | undefined {
  try {
    const state = snapshot();
    return { event: `data: ${JSON.stringify(state)}\n\n`, essence: JSON.stringify({ ...state, at: "" }) };
  } catch (error) {
    process.stderr.write(`the state cannot be told: ${error instanceof Error ? error.stack : String(error)}\n`);
    return undefined;
  }
}

const realTimer = {
  every(ms: number, work: () => void): Timer {
    const timer = setInterval(work, ms);
    timer.unref();
    return { cancel: () => clearInterval(timer) };
  },
};
