/** TABLE of the codes of node, OpenSSL and undici, first match wins, and what an operator reads. */
const reasons: readonly { readonly code: RegExp; readonly why: (message: string) => string }[] = [
  { code: /^ECONNREFUSED$/, why: () => "connection refused" },
  { code: /^(ENOTFOUND|EAI_AGAIN)$/, why: () => "the name does not resolve" },
  { code: /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/, why: () => "timeout" },
  { code: /^(ENETUNREACH|EHOSTUNREACH)$/, why: () => "no route to the host" },
  { code: /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, why: () => "the connection was closed" },
  { code: /CERT|_ISSUER_|VERIFY_LEAF|HOSTNAME_MISMATCH|UND_ERR_PRX_TLS/, why: (message) => `certificate: ${message}` },
  { code: /^(EPROTO|ERR_SSL|ERR_TLS)/, why: () => "no TLS at the other end" },
  // undici leaves the parser's code out of some of its errors.
  { code: /^(HPE_|HTTPParserError)/, why: () => "no HTTP at the other end" },
];

/** How undici says that a proxy refused the tunnel. */
const proxyAnswer = /^Proxy response \((\d+)\)/;

interface Failure {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly cause?: unknown;
  /** Of a name with several addresses. */
  readonly errors?: readonly unknown[];
}

/** Why there was no answer; never holds what was sent. */
export function whyFailed(error: unknown): string {
  const { name = "", code = name, message = "", cause, errors = [] } = (error ?? {}) as Failure;
  const [, status] = proxyAnswer.exec(message) ?? [];
  if (status !== undefined) return `the proxy answered ${status}`;
  const known = reasons.find((row) => row.code.test(code));
  if (known !== undefined) return known.why(message);
  const inner = cause ?? errors[0];
  if (inner !== undefined) return whyFailed(inner);
  return message === "" ? code || "unknown" : message;
}
