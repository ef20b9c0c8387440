import { Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import type { IncomingMessage } from "node:http";
import type { Outcome } from "./outcome";
import type { LoadPorts, LoadTarget } from "./run-load";

export interface SocketOptions {
  /** At most so many connections; what finds none free waits for one, and the wait counts. */
  readonly connections: number;
  /** Without a whole answer after this long a request has failed. Real milliseconds. */
  readonly timeoutMs: number;
}

/** Ports to a real service. Close them, or idle connections stay open. */
export interface RealLoadPorts extends Pick<LoadPorts, "now" | "after" | "send"> {
  close(): void;
}

/** Sends over kept connections, as a browser or another service does. */
export function loadPorts({ connections, timeoutMs }: SocketOptions): RealLoadPorts {
  // Oldest first: every connection stays in use, so that none is just being closed as idle when a request takes it.
  const settings = { keepAlive: true, maxSockets: connections, scheduling: "fifo" } as const;
  const plain = new PlainAgent(settings);
  // The certificate of the sandbox is its own; this agent talks to nothing else.
  const tls = new TlsAgent({ ...settings, rejectUnauthorized: false });
  return {
    now: () => performance.now(),
    after: (ms, work) => void setTimeout(work, ms),
    send: (target, done) => send(target, { timeoutMs, plain, tls }, done),
    close: () => {
      plain.destroy();
      tls.destroy();
    },
  };
}

interface SendOptions {
  readonly timeoutMs: number;
  readonly plain: PlainAgent;
  readonly tls: TlsAgent;
}

function send(target: LoadTarget, { timeoutMs, plain, tls }: SendOptions, done: (outcome: Outcome) => void): void {
  const { hostname, port, protocol } = new URL(target.origin);
  const isTls = protocol === "https:";
  let isOver = false;
  const end = (outcome: Outcome): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    done(outcome);
  };
  const ask = isTls ? tlsRequest : plainRequest;
  const request = ask({ hostname, port, path: target.path, headers: target.headers, agent: isTls ? tls : plain });
  const timer = setTimeout(() => {
    end({ kind: "timeout" });
    request.destroy();
  }, timeoutMs);
  request.on("error", (error: NodeJS.ErrnoException) =>
    end({ kind: "connection", reason: error.code ?? error.message }),
  );
  request.on("response", (response) => {
    response.on("end", () => end(answerOf(response)));
    // After the end it says nothing new; before it, the answer was broken off.
    response.on("close", () => end({ kind: "connection", reason: "broken off" }));
    response.on("error", () => undefined);
    response.resume();
  });
  request.end();
}

const answerOf = ({ statusCode, headers }: IncomingMessage): Outcome => ({
  kind: "answer",
  status: statusCode ?? 0,
  version: textOf(headers["x-slipway-version"]),
  task: textOf(headers["x-slipway-task"]),
});

const textOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
