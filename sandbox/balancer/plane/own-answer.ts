import { STATUS_CODES, type ServerResponse } from "node:http";

/** How the load balancer calls itself. */
export const serverName = "awselb/2.0";

/** TABLE of phrases that differ from the standard ones; codes above 450 are AWS' own and have none. */
const phrases: Readonly<Record<number, string>> = {
  408: "Request Time-out",
  414: "Request-URI Too Large",
  460: "",
  463: "",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};

const phraseOf = (status: number): string => phrases[status] ?? STATUS_CODES[status] ?? "";

/** The small page that comes with an answer of the load balancer itself. */
export function pageOf(status: number): string {
  const title = `${status} ${phraseOf(status)}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
}

export interface OwnAnswer {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
  readonly location?: string;
  /** @default true */
  readonly tellsServer?: boolean;
}

/** The answer for an error that the load balancer makes. */
export const errorAnswer = (status: number, tellsServer: boolean): OwnAnswer => ({
  status,
  body: pageOf(status),
  contentType: "text/html",
  tellsServer,
});

/** Answers without any target. */
export function answerSelf(response: ServerResponse, { status, body, contentType, ...more }: OwnAnswer): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const headers = ["Content-Type", contentType, "Content-Length", String(Buffer.byteLength(body))];
  if (more.tellsServer !== false) headers.unshift("Server", serverName);
  if (more.location !== undefined) headers.push("Location", more.location);
  // What is left of the body is not read: the connection cannot serve another request.
  if (!response.req.complete) headers.push("Connection", "close");
  response.writeHead(status, phraseOf(status), headers);
  response.end(body);
}

/** The same on a connection on which there is no request that could be answered. */
export function rawAnswer(status: number): string {
  const body = pageOf(status);
  return [
    `HTTP/1.1 ${status} ${phraseOf(status)}`,
    `Server: ${serverName}`,
    `Date: ${new Date().toUTCString()}`,
    "Content-Type: text/html",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}
