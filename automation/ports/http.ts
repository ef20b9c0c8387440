export interface HttpRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default 5000 */
  readonly timeoutMs?: number;
  /** A load balancer's own name never matches its certificate. @default true */
  readonly verifyCertificate?: boolean;
  /** Name that TLS asks for and checks the certificate against (SNI). @default the `host` header, else the URL's host */
  readonly serverName?: string;
}

/** An answer, or why there was none (`connection refused`, `timeout`, `certificate`). */
export type HttpAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** The first 64 KiB. */
      readonly body: string;
      readonly durationMs: number;
    }
  | { readonly kind: "failed"; readonly why: string };

/** HTTP GET, without following redirects. Never throws. */
export interface Http {
  get(request: HttpRequest): Promise<HttpAnswer>;
}
