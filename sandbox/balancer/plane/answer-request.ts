import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import type { Target } from "../groups/target";
import type { RequestView } from "../routing/conditions";
import { pick } from "../routing/pick";
import { locationOf, written, type Redirect } from "../routing/redirect";
import type { Listener, Rule, RuleAction } from "../tables";
import { ForwardedRequest } from "./forward";
import { answerSelf, errorAnswer } from "./own-answer";
import type { PlaneContext } from "./plane-context";
import { forwardedHeaders, hostName, type Forwarded } from "./request-headers";

/** Limits of the ALB user guide, "Troubleshoot your Application Load Balancers"; bytes. */
const longestRequestLine = 16 * 1024;
const longestLocation = 8 * 1024;

/** Answers one request by the rules of its listener; gives the target that was chosen. */
export function answerRequest(
  listener: Listener,
  request: IncomingMessage,
  response: ServerResponse,
  context: PlaneContext,
): Target | undefined {
  const url = originForm(request.url ?? "/");
  const view = viewOf(request, url);
  const reject = (status: number): undefined => refuse(listener, response, status, context);
  if (request.method === "TRACE") return reject(405);
  if (request.headers.host === undefined && request.httpVersion !== "1.0") return reject(400);
  if (url.length > longestRequestLine) return reject(414);
  const { action } = ruleFor(listener, view);
  switch (action.kind) {
    case "forward":
      return forward(listener, request, response, action, url, context);
    case "redirect":
      return redirect(listener, response, action.redirect, view, context);
    case "fixed-response":
      context.meter.own(listener.balancer, "HTTP_Fixed_Response_Count");
      context.meter.answeredBySelf(listener.balancer, action.status);
      answerSelf(response, { ...action, tellsServer: listener.tellsServer });
      return undefined;
    case "refused":
      return reject(action.status);
  }
}

/** The first rule whose conditions all hold; the default rule has none. */
export function ruleFor({ rules }: Listener, view: RequestView): Rule {
  for (const rule of rules) if (rule.conditions.every((holds) => holds(view))) return rule;
  return noRule;
}

/** Of a listener that is just being made or removed. */
const noRule: Rule = {
  arn: "",
  priority: "default",
  conditions: [],
  action: { kind: "refused", status: 503 },
  told: { RuleArn: "", ListenerArn: "", Priority: "default", IsDefault: true, Conditions: [], Actions: [] },
};

/** What rules look at in a request. */
export function viewOf(request: IncomingMessage, url: string): RequestView {
  const mark = url.indexOf("?");
  return {
    host: hostName(request.headers.host ?? ""),
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? "" : url.slice(mark + 1),
    method: request.method ?? "GET",
    rawHeaders: request.rawHeaders,
    address: request.socket.remoteAddress ?? "",
  };
}

/** Clients may also send a whole address (RFC 9112, 3.2.2). */
export function originForm(url: string): string {
  if (url.startsWith("/")) return url;
  const whole = /^https?:\/\/[^/?]*(.*)$/i.exec(url);
  if (!whole) return url;
  const rest = whole[1] ?? "";
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** The request's headers for a target. */
export function headersFor(request: IncomingMessage, listener: Listener, context: PlaneContext): Forwarded {
  const { socket } = request;
  const tls = listener.balancer.tellsTls && "encrypted" in socket ? tlsOf(socket as TLSSocket) : undefined;
  return forwardedHeaders(
    {
      rawHeaders: request.rawHeaders,
      address: socket.remoteAddress ?? "",
      clientPort: socket.remotePort ?? 0,
      host: request.headers.host,
      trace: context.trace.next(context.chance.now()),
      ...(tls ? { tls } : {}),
    },
    listener,
  );
}

const tlsOf = (socket: TLSSocket): { version: string; cipher: string } => ({
  version: socket.getProtocol() ?? "",
  cipher: socket.getCipher().standardName,
});

/** The load balancer's own error. */
function refuse(listener: Listener, response: ServerResponse, status: number, context: PlaneContext): undefined {
  context.meter.answeredBySelf(listener.balancer, status);
  answerSelf(response, errorAnswer(status, listener.tellsServer));
  return undefined;
}

function forward(
  listener: Listener,
  request: IncomingMessage,
  response: ServerResponse,
  action: Extract<RuleAction, { kind: "forward" }>,
  path: string,
  context: PlaneContext,
): Target | undefined {
  const forwarded = headersFor(request, listener, context);
  if (forwarded.kind === "refused") return refuse(listener, response, forwarded.status, context);
  const { group, target, cookies, awaitsCookie } = pick(action, request.headers.cookie, context.chance);
  if (!group || !target) return refuse(listener, response, 503, context);
  const { headers } = forwarded;
  new ForwardedRequest(
    { request, response, listener, group, target, path, headers, cookies, awaitsCookie },
    context,
  ).start();
  return target;
}

function redirect(
  listener: Listener,
  response: ServerResponse,
  rule: Redirect,
  { host, path, query }: RequestView,
  context: PlaneContext,
): undefined {
  const protocol = listener.protocol.toLowerCase();
  const place = locationOf(rule, { protocol, host, port: String(listener.port), path, query });
  // Who came by an address of this machine finds no 443 there; the listener that is meant is on another port.
  const local = isThisMachine(place.host) ? context.localPort(listener, place.port) : undefined;
  const location = written(local === undefined ? place : { ...place, port: String(local) });
  if (location.length > longestLocation) {
    context.meter.own(listener.balancer, "HTTP_Redirect_Url_Limit_Exceeded_Count");
    return refuse(listener, response, 507, context);
  }
  context.meter.own(listener.balancer, "HTTP_Redirect_Count");
  context.meter.answeredBySelf(listener.balancer, rule.status);
  answerSelf(response, { ...errorAnswer(rule.status, listener.tellsServer), location });
  return undefined;
}

const isThisMachine = (host: string): boolean => host === "localhost" || host.startsWith("127.");
