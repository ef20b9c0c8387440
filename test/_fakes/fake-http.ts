import type { Http, HttpAnswer, HttpRequest } from "../../automation/ports/http";

/** Answers as a test says, by URL; anything else is refused. */
export class FakeHttp implements Http {
  readonly requests: HttpRequest[] = [];
  /** By URL; of several each is given once, and the last again and again. */
  readonly answers = new Map<string, HttpAnswer | readonly HttpAnswer[]>();

  constructor(private readonly log: string[] = []) {}

  async get(request: HttpRequest): Promise<HttpAnswer> {
    this.log.push(`get ${request.url}`);
    const earlier = this.requests.filter(({ url }) => url === request.url).length;
    this.requests.push(request);
    const scripted = this.answers.get(request.url) ?? { kind: "failed", why: "connection refused" };
    const list = "kind" in scripted ? [scripted] : scripted;
    return list[Math.min(earlier, list.length - 1)] ?? { kind: "failed", why: "connection refused" };
  }
}

/** An answer with a body, as JSON unless it is text. */
export const answered = (status: number, body: unknown = ""): HttpAnswer => ({
  kind: "answered",
  status,
  headers: {},
  body: typeof body === "string" ? body : JSON.stringify(body),
  durationMs: 3,
});
