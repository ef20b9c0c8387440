import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, type AddressInfo } from "node:net";
import { createBalancer, type BalancerOptions, type RunningBalancer } from "../../../sandbox/balancer/balancer";
import type { ProbeOutcome } from "../../../sandbox/balancer/health/verdict";
import type { Datum } from "../../../sandbox/model/metrics";
import { FakeMoto } from "../../_fakes/fake-moto";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";
import { scope, toldCloud, type Wanted } from "./told-cloud";

export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface Program {
  readonly id: string;
  readonly port: number;
}

/** A balancer between real sockets, with a clock and a cloud that a test holds in its hands. */
export class BalancerWorld {
  readonly clock = new FakeSandboxClock();
  readonly data: Datum[] = [];
  readonly lines: string[] = [];
  readonly lost = new Set<string>();
  /** Outcome of health checks by address; without one a target is healthy. */
  readonly outcomes = new Map<string, ProbeOutcome>();
  readonly moto: FakeMoto;
  readonly balancer: RunningBalancer;
  draw = 0;
  private wanted: Wanted = {};
  private readonly programs: Server[] = [];

  constructor(options: Partial<BalancerOptions> = {}, doors: ConstructorParameters<typeof FakeMoto>[0] = {}) {
    this.moto = new FakeMoto({ "/slipway/balancers": () => toldCloud(this.wanted), ...doors });
    this.balancer = createBalancer({
      clock: this.clock,
      moto: this.moto,
      faults: { isLost: ({ ip }) => this.lost.has(ip) },
      metrics: { put: (data) => void this.data.push(...data) },
      versionOf: ({ id }) => `version of ${id}`,
      log: (line) => void this.lines.push(line),
      random: () => this.draw,
      connectTimeoutMs: 5_000,
      probe: ({ ip }) => Promise.resolve(this.outcomes.get(ip) ?? { kind: "answer", status: 200 }),
      ...options,
    });
  }

  async set(wanted: Wanted): Promise<void> {
    this.wanted = wanted;
    await this.balancer.reload(scope);
  }

  /** What a listener answers, by its port of the API. */
  port(port = 80): number {
    const found = this.balancer.ports().find((one) => one.port === port);
    return Number(new URL(found?.address ?? "http://none:1").port);
  }

  async program(id: string, answer: RequestListener): Promise<Program> {
    const server = createServer(answer);
    this.programs.push(server);
    await new Promise<void>((resolve) => server.listen(0, id, resolve));
    return { id, port: (server.address() as AddressInfo).port };
  }

  /** Its program answers every request with its address. */
  telling(id: string): Promise<Program> {
    return this.program(id, (_request, response) => response.end(id));
  }

  /** Registers targets and lets their first health check pass. */
  async serve(arn: string, ...targets: readonly Program[]): Promise<void> {
    for (const target of targets) this.balancer.targets.register(arn, target);
    await this.clock.advance(4_000);
  }

  get(
    path: string,
    options: { port?: number; method?: string; headers?: Record<string, string> | string[]; body?: string } = {},
  ): Promise<Reply> {
    const { port = 80, method = "GET", headers = {}, body } = options;
    const isTls = this.balancer.ports().some((one) => one.port === port && one.protocol === "HTTPS");
    return new Promise((resolve, reject) => {
      const sent = (isTls ? httpsRequest : httpRequest)(
        // Like every client, each on a connection of its own.
        { host: "127.0.0.1", port: this.port(port), path, method, headers, agent: false, rejectUnauthorized: false },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          answer.on("error", reject);
          answer.on("end", () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              rawHeaders: answer.rawHeaders,
              body: text,
            }),
          );
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  }

  /** Sends bytes as they are and gives all that comes back until the connection ends. */
  bytes(text: string, port = 80): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port: this.port(port) });
      let back = "";
      socket.setEncoding("latin1").on("data", (chunk: string) => (back += chunk));
      socket.on("error", reject).on("close", () => resolve(back));
      socket.write(text, "latin1");
    });
  }

  async close(): Promise<void> {
    await this.balancer.close();
    for (const server of this.programs) {
      server.close();
      server.closeAllConnections();
    }
  }
}
