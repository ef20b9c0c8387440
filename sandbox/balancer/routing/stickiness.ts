import { targetKey, type Target } from "../groups/target";

/** Where a cookie binds a client to. */
export interface Token {
  readonly group: string;
  /** Key of the target in its group. */
  readonly target: string | undefined;
}

interface Binding {
  readonly group: string;
  readonly target?: Pick<Target, "id" | "port">;
  readonly seconds: number;
  /** The sandbox's time in milliseconds. */
  readonly now: number;
}

/** Cookie of a stickiness that the application's own cookie sets off; AWS numbers its parts. */
export const applicationCookie = "AWSALBAPP-0";

/** Set-Cookie headers that bind a client, with the copy for requests from other sites. */
export function stickyCookies(name: "AWSALBTG" | "AWSALB", binding: Binding): readonly string[] {
  const value = valueOf(binding);
  return [`${name}=${value}`, `${name}CORS=${value}; SameSite=None; Secure`];
}

/** Set-Cookie header that binds a client as long as the application's cookie. */
export const applicationStickyCookie = (binding: Binding): string => `${applicationCookie}=${valueOf(binding)}`;

function valueOf({ group, target, seconds, now }: Binding): string {
  const expires = now + seconds * 1000;
  const words = [expires, group, ...(target ? [targetKey(target.id, target.port)] : [])];
  // AWS encrypts it; nobody but the load balancer is to read it.
  const token = Buffer.from(words.join("|")).toString("base64");
  return `${token}; Expires=${new Date(expires).toUTCString()}; Path=/`;
}

/** What a cookie says; undefined for one that has expired, or is none of ours. */
export function readToken(cookie: string | undefined, now: number): Token | undefined {
  if (cookie === undefined) return undefined;
  const [expires, group, target] = Buffer.from(cookie, "base64").toString().split("|");
  return Number(expires) > now && group ? { group, target } : undefined;
}

/** Cookies of a request by name; the first of a name counts. */
export function cookiesOf(header: string): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const part of header.split(";")) {
    const equals = part.indexOf("=");
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim();
    if (!cookies.has(name)) cookies.set(name, part.slice(equals + 1).trim());
  }
  return cookies;
}
