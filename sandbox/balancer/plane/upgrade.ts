import { request as httpRequest, ServerResponse, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Duplex } from "node:stream";
import type { Flight } from "../groups/target";
import { isReachable } from "../health/prober";
import { pick } from "../routing/pick";
import type { Listener } from "../tables";
import { answerRequest, headersFor, originForm, ruleFor, viewOf } from "./answer-request";
import { rawAnswer } from "./own-answer";
import type { PlaneContext } from "./plane-context";

/**
 * A request that wants another protocol. A WebSocket stays with its target for its whole life, whatever becomes of the
 * rules (ALB user guide, "Sticky sessions"); every other wish is ignored, as HTTP allows.
 */
export function upgrade(
  listener: Listener,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  context: PlaneContext,
): void {
  socket.on("error", () => socket.destroy());
  const url = originForm(request.url ?? "/");
  const { action } = ruleFor(listener, viewOf(request, url));
  if (action.kind !== "forward" || request.headers.upgrade?.toLowerCase() !== "websocket") {
    return answerPlainly(listener, request, socket, context);
  }
  const forwarded = headersFor(request, listener, context);
  const { group, target } = pick(action, request.headers.cookie, context.chance);
  const refuse = (status: number): void => {
    context.meter.answeredBySelf(listener.balancer, status);
    socket.end(rawAnswer(status));
  };
  if (forwarded.kind === "refused") return refuse(forwarded.status);
  if (!group || !target) return refuse(503);
  context.meter.sent(listener.balancer, group, target);
  if (!isReachable(target, context.faults)) {
    setTimeout(() => refuse(504), context.connectTimeoutMs).unref();
    return;
  }

  const startedAt = performance.now();
  const upstream = (group.settings.isTls ? httpsRequest : httpRequest)({
    ...target.placeOf(target.port),
    method: request.method ?? "GET",
    path: url,
    headers: [...forwarded.headers, "Connection", "Upgrade", "Upgrade", request.headers.upgrade],
    agent: false,
    rejectUnauthorized: false,
    timeout: listener.balancer.idleMs,
  });
  let isOpen = false;
  let end = (): void => void upstream.destroy(new Error("The deregistration delay is over."));
  const flight: Flight = { abort: () => end() };
  target.board(flight);
  const answered = (answer: IncomingMessage): void => {
    isOpen = true;
    const ms = performance.now() - startedAt;
    context.meter.answeredByTarget(listener.balancer, group, target, answer.statusCode ?? 502, ms);
  };
  upstream.on("timeout", () => upstream.destroy());
  upstream.on("error", () => (isOpen ? socket.destroy() : refuse(502)));
  upstream.on("response", (answer) => answer.on("close", () => target.leave(flight)));
  upstream.on("error", () => target.leave(flight));
  socket.on("close", () => upstream.destroy());
  upstream.on("response", (answer) => {
    answered(answer);
    socket.write(headOf(answer, /^(connection|keep-alive|transfer-encoding)$/i, ["Connection: close"]));
    answer.on("error", () => socket.destroy());
    answer.pipe(socket);
  });
  upstream.on("upgrade", (answer, far, farHead) => {
    answered(answer);
    far.on("error", () => socket.destroy());
    far.on("close", () => {
      target.leave(flight);
      socket.destroy();
    });
    socket.on("close", () => far.destroy());
    end = () => void far.destroy();
    far.setTimeout(listener.balancer.idleMs, () => far.destroy());
    socket.write(headOf(answer, /^$/, []));
    if (farHead.length > 0) socket.write(farHead);
    if (head.length > 0) far.write(head);
    far.pipe(socket);
    socket.pipe(far);
  });
  upstream.end();
}

function answerPlainly(listener: Listener, request: IncomingMessage, socket: Duplex, context: PlaneContext): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  // Of its own server the socket is a net.Socket.
  response.assignSocket(socket as Parameters<ServerResponse["assignSocket"]>[0]);
  response.on("error", () => socket.destroy());
  response.on("finish", () => socket.end());
  socket.on("close", () => response.destroy());
  answerRequest(listener, request, response, context);
}

function headOf(
  { statusCode, statusMessage, rawHeaders }: IncomingMessage,
  left: RegExp,
  more: readonly string[],
): string {
  const headers = rawHeaders.flatMap((name, at) =>
    at % 2 === 1 || left.test(name) ? [] : [`${name}: ${rawHeaders[at + 1] ?? ""}`],
  );
  return [`HTTP/1.1 ${statusCode} ${statusMessage ?? ""}`, ...headers, ...more, "", ""].join("\r\n");
}
