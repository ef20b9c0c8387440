const ofOneConnection: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "upgrade",
]);

/** Headers of a target's answer as the client gets them, names and values in turns. */
export function answeredHeaders(
  rawHeaders: readonly string[],
  cookies: readonly string[],
  isOldClient: boolean,
): string[] {
  const headers: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    const lower = name.toLowerCase();
    if (ofOneConnection.has(lower)) continue;
    // HTTP/1.0 knows no chunks: its answer ends with the connection.
    if (isOldClient && lower === "transfer-encoding") continue;
    headers.push(name, rawHeaders[at + 1] ?? "");
  }
  for (const cookie of cookies) headers.push("Set-Cookie", cookie);
  return headers;
}
