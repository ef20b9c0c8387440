import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { packageFolder } from "../package-folder";
import { isForThisMachine } from "./local-host";

/** Beside the sources: the build compiles only, and the file runs from where it is, like the emulator's. */
const pageFile = join("sandbox", "page", "page.html");

/** Answers a browser with the live page: one document that loads nothing but the stream of states. */
export function pageHandler(file = join(packageFolder(), pageFile)) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (!isForThisMachine(request.headers.host)) return void response.writeHead(403).end("Ask for 127.0.0.1.\n");
    readFile(file, "utf8").then(
      (text) => {
        response.writeHead(200, {
          "content-type": "text/html; charset=utf-8",
          "content-length": Buffer.byteLength(text),
          "content-security-policy": contentSecurityPolicy(text),
          "x-content-type-options": "nosniff",
          "referrer-policy": "no-referrer",
          "cache-control": "no-store",
        });
        response.end(request.method === "HEAD" ? undefined : text);
      },
      () => response.writeHead(500, { "content-type": "text/plain" }).end(`${file} cannot be read.\n`),
    );
  };
}

/** Lets the page's own style and script run, by their hashes, and nothing else: a name that looks like a script stays text. */
export function contentSecurityPolicy(page: string): string {
  return [
    "default-src 'none'",
    `style-src ${hashesOf(page, "style")}`,
    `script-src ${hashesOf(page, "script")}`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const hashesOf = (page: string, tag: "style" | "script"): string =>
  [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, "g"))]
    .map(([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`)
    .join(" ");
