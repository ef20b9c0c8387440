import type * as aws from "../aws";
import type { LoadBalancerConfig } from "../config/schema";

type ListenerSettings = Pick<aws.lb.ListenerArgs, "port" | "protocol" | "certificateArn" | "sslPolicy">;

/** A listener that serves requests; one that only redirects is not among them. */
export interface Entrance {
  readonly role: "http" | "https";
  readonly listener: ListenerSettings;
}

/** Where clients come in. */
export function entrances({ http, https }: LoadBalancerConfig): readonly Entrance[] {
  return [
    ...(http === "forward" ? [{ role: "http", listener: { port: 80, protocol: "HTTP" } } as const] : []),
    ...(https === undefined ? [] : [{ role: "https", listener: { port: 443, ...overTls(https) } } as const]),
  ];
}

/** Where slots are tested: in the manner of the main entrance, so that a test says something about it. */
export function testEntrance({ https, test }: LoadBalancerConfig): ListenerSettings | undefined {
  if (test === undefined) return undefined;
  return https === undefined ? { port: test.port, protocol: "HTTP" } : { port: test.port, ...overTls(https) };
}

const overTls = ({ certificateArn, sslPolicy }: NonNullable<LoadBalancerConfig["https"]>) =>
  ({ protocol: "HTTPS", certificateArn, sslPolicy }) as const;
