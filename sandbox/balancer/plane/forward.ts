import { request as httpRequest, type ClientRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Group } from "../groups/group";
import type { Flight, Target } from "../groups/target";
import { isReachable } from "../health/prober";
import { applicationStickyCookie } from "../routing/stickiness";
import type { Listener } from "../tables";
import { answerSelf, errorAnswer } from "./own-answer";
import type { PlaneContext } from "./plane-context";
import { answeredHeaders } from "./response-headers";

export interface ForwardOrder {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly listener: Listener;
  readonly group: Group;
  readonly target: Target;
  /** Path and query. */
  readonly path: string;
  /** Names and values in turns. */
  readonly headers: string[];
  /** Set-Cookie headers of the answer. */
  readonly cookies: readonly string[];
  readonly awaitsCookie: string | undefined;
}

/** A target's headers may have this many bytes; with more the client gets 502. */
const largestAnswerHead = 32 * 1024;

/**
 * One request on its way to its target. There is one attempt: whatever goes wrong becomes one answer (AWS documents no
 * retry). Bodies are streamed both ways.
 */
export class ForwardedRequest implements Flight {
  private upstream: ClientRequest | undefined;
  private answer: IncomingMessage | undefined;
  private connecting: NodeJS.Timeout | undefined;
  private isAnswered = false;
  private isOver = false;
  private readonly startedAt = performance.now();

  constructor(
    private readonly order: ForwardOrder,
    private readonly context: PlaneContext,
  ) {}

  start(): void {
    const { response, target, group, listener } = this.order;
    target.board(this);
    this.context.meter.sent(listener.balancer, group, target);
    response.once("close", () => this.ended());
    if (!isReachable(target, this.context.faults)) return this.awaitConnection();
    try {
      this.upstream = this.open();
    } catch {
      // A path or header that HTTP does not allow.
      return this.fail(400);
    }
    const upstream = this.upstream;
    upstream.on("response", (answer) => this.answered(answer));
    upstream.on("error", (error: NodeJS.ErrnoException) => this.lost(error));
    upstream.on("timeout", () => this.fail(504));
    upstream.on("socket", (socket) => {
      if (!socket.connecting) return;
      this.awaitConnection();
      socket.once("connect", () => clearTimeout(this.connecting));
    });
    if (hasBody(this.order.request)) this.order.request.pipe(upstream);
    else upstream.end();
  }

  /** The deregistration delay is over. */
  abort(): void {
    this.fail(502);
  }

  private open(): ClientRequest {
    const { request, listener, target, group, path, headers } = this.order;
    return (group.settings.isTls ? httpsRequest : httpRequest)({
      ...target.placeOf(target.port),
      method: request.method ?? "GET",
      path,
      headers,
      agent: target.agent,
      timeout: listener.balancer.idleMs,
      maxHeaderSize: largestAnswerHead,
    });
  }

  private awaitConnection(): void {
    this.connecting = setTimeout(() => {
      const { listener, group, target } = this.order;
      this.context.meter.notConnected(listener.balancer, group, target);
      this.fail(504);
    }, this.context.connectTimeoutMs);
  }

  private answered(answer: IncomingMessage): void {
    if (this.isOver) return void answer.destroy();
    if (!isReachable(this.order.target, this.context.faults)) return this.unheard(answer);
    this.answer = answer;
    const { request, response, listener, group, target } = this.order;
    const status = answer.statusCode ?? 502;
    answer.on("error", () => response.destroy());
    try {
      const headers = answeredHeaders(answer.rawHeaders, this.cookies(answer), request.httpVersion === "1.0");
      response.writeHead(status, answer.statusMessage ?? "", headers);
    } catch {
      return this.fail(502);
    }
    this.isAnswered = true;
    this.context.meter.answeredByTarget(listener.balancer, group, target, status, performance.now() - this.startedAt);
    relay(answer, response);
  }

  /** The network was lost under way: nothing more comes of it, until nobody waits any longer. */
  private unheard(answer: IncomingMessage): void {
    answer.on("error", () => undefined).resume();
    clearTimeout(this.connecting);
    this.connecting = setTimeout(() => this.fail(504), this.order.listener.balancer.idleMs);
  }

  /** The client stays as long as the application's own cookie says so. */
  private cookies(answer: IncomingMessage): readonly string[] {
    const { awaitsCookie, cookies, group, target } = this.order;
    if (awaitsCookie === undefined) return cookies;
    const isSet = answer.headers["set-cookie"]?.some((cookie) => cookie.startsWith(`${awaitsCookie}=`)) ?? false;
    const seconds = group.settings.stickiness?.seconds ?? 0;
    const binding = { group: group.settings.arn, target, seconds, now: this.context.chance.now() };
    return isSet ? [...cookies, applicationStickyCookie(binding)] : cookies;
  }

  private lost(error: NodeJS.ErrnoException): void {
    if (this.isOver) return;
    if (error.syscall === "connect") {
      const { listener, group, target } = this.order;
      this.context.meter.notConnected(listener.balancer, group, target);
    }
    this.fail(502);
  }

  private fail(status: number): void {
    if (this.isOver) return;
    const { request, response, listener } = this.order;
    if (this.isAnswered) {
      response.destroy();
    } else {
      this.isAnswered = true;
      this.context.meter.answeredBySelf(listener.balancer, status);
      request.unpipe();
      request.resume();
      answerSelf(response, errorAnswer(status, listener.tellsServer));
    }
    this.leave();
  }

  /** The answer is written, or the client has gone. */
  private ended(): void {
    if (!this.isAnswered && !this.isOver) {
      // Before its body was complete it is the client's bad request, afterwards it is AWS' 460.
      const status = this.order.request.complete ? 460 : 400;
      this.context.meter.answeredBySelf(this.order.listener.balancer, status);
    }
    this.leave();
  }

  private leave(): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.connecting);
    this.order.target.leave(this);
    const { upstream } = this;
    // A connection on which both have been sent to their ends is kept.
    const isDone = upstream?.writableFinished === true && this.answer?.complete === true;
    if (!isDone) upstream?.destroy();
  }
}

/** Streams an answer on; by hand, because a pipe takes its listeners off again one by one for every answer. */
function relay(answer: IncomingMessage, response: ServerResponse): void {
  answer.on("data", (piece: Buffer) => {
    if (response.write(piece) || response.destroyed) return;
    answer.pause();
    response.once("drain", () => answer.resume());
  });
  answer.on("end", () => response.end());
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined ||
  (headers["content-length"] !== undefined && headers["content-length"] !== "0");
