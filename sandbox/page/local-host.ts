/**
 * True when the request's Host header names this machine. A page of the web whose name somebody lets point at 127.0.0.1
 * (DNS rebinding) is told nothing.
 */
export const isForThisMachine = (host: string | undefined): boolean =>
  host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host);
