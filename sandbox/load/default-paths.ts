import type { StackConfig } from "../../infra/config/schema";

/** A path and host that reach one service. */
export interface Route {
  readonly service: string;
  readonly path: string;
  /** Undefined for a service that takes any. */
  readonly host: string | undefined;
}

/**
 * One route to each service behind the load balancer, made from the patterns that the configuration gives it. No path is
 * that of a health check: faults that are asked for leave those alone, and a load is there to meet them.
 */
export function defaultRoutes(config: Pick<StackConfig, "services">): readonly Route[] {
  return Object.entries(config.services ?? {}).flatMap(([service, { containers }]) =>
    Object.values(containers).flatMap(({ loadBalancer }) => {
      if (!loadBalancer) return [];
      const [pattern] = loadBalancer.paths ?? [];
      const [host] = loadBalancer.hosts ?? [];
      const path = pattern === undefined ? "/" : filled(pattern);
      return [
        {
          service,
          path: path.startsWith("/") ? path : `/${path}`,
          host: host === undefined ? undefined : filled(host),
        },
      ];
    }),
  );
}

/** Any text that the pattern matches. */
const filled = (pattern: string): string => pattern.replace(/\*/g, "load").replace(/\?/g, "x");
