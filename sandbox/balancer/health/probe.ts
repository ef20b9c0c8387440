import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ProbeOutcome } from "./verdict";

export interface ProbeOrder {
  readonly ip: string;
  /** Where the program listens on this machine. */
  readonly port: number;
  /** `<ip>:<port>` as the target group knows it. */
  readonly host: string;
  readonly path: string;
  readonly isTls: boolean;
  readonly timeoutMs: number;
}

/** An answer's head that is longer is no answer. */
const longestHead = 32 * 1024;

/**
 * One health check: a GET on a connection of its own, which is closed afterwards. Written by hand, because a client for
 * whole answers costs three times as much and there are many of these in an idle sandbox.
 */
export function probe(order: ProbeOrder): Promise<ProbeOutcome> {
  return new Promise((resolve) => {
    const socket = open(order);
    let head = "";
    const end = (outcome: ProbeOutcome): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    // Real time: it is within one request.
    const timer = setTimeout(() => end({ kind: "timeout" }), order.timeoutMs);
    timer.unref();
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      head += chunk;
      if (head.includes("\r\n\r\n") || head.length > longestHead) end(read(head));
    });
    socket.on("error", () => end({ kind: "failed" }));
    socket.on("close", () => end({ kind: "failed" }));
    socket.write(requestOf(order));
  });
}

function open({ ip, port, isTls }: ProbeOrder): Socket {
  // The load balancer does not validate the certificates of targets (ALB user guide, "Target groups").
  return isTls ? connectTls({ host: ip, port, rejectUnauthorized: false }) : connect({ host: ip, port });
}

const requestOf = ({ path, host }: ProbeOrder): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nUser-Agent: ELB-HealthChecker/2.0\r\nAccept-Encoding: gzip, compressed\r\n\r\n`;

function read(head: string): ProbeOutcome {
  const status = /^HTTP\/1\.[01] ([1-5]\d\d)(?: |\r)/.exec(head)?.[1];
  return status === undefined ? { kind: "failed" } : { kind: "answer", status: Number(status) };
}
