import type { Resolver } from "../dns/resolver";
import { type Scope, scopeKey } from "../model/scope";
import type { ListenerPort } from "../model/targets";

/** Where a name and a port lead on this machine. */
export type Destination =
  | { readonly kind: "found"; readonly host: string; readonly port: number }
  /** In words for whoever asked. */
  | { readonly kind: "unknown"; readonly why: string };

/** Names of the sandbox for its proxy. */
export interface ProxyNames {
  /** @param scope of who asks; undefined when nobody says */
  find(scope: Scope | undefined, name: string, port: number): Promise<Destination>;
}

export interface ProxyNamesOptions {
  readonly resolver: Pick<Resolver, "resolve">;
  /** Where load balancers listen on this machine. */
  readonly ports: () => readonly ListenerPort[];
}

/**
 * Finds names as the public internet would: those of load balancers, and records of public zones that lead to one. Zones
 * are asked in the name of who asks, and without one in that of every account that has a load balancer.
 */
export const proxyNames = ({ resolver, ports }: ProxyNamesOptions): ProxyNames => ({
  async find(scope, name, port) {
    const others = ports().map(({ account, region }) => ({ account, region }));
    const scopes = scope === undefined ? others : [scope];
    const distinct = [...new Map(scopes.map((one) => [scopeKey(one), one])).values()];
    let elsewhere: string | undefined;
    for (const one of distinct) {
      const { listeners, answers } = await resolver.resolve(one, name, "A");
      const open = listeners.find((listener) => listener.port === port);
      if (open !== undefined) return { kind: "found", host: "127.0.0.1", port: Number(new URL(open.address).port) };
      if (listeners.length > 0) {
        const there = [...new Set(listeners.map((listener) => listener.port))].join(", ");
        return { kind: "unknown", why: `${name} has no listener on port ${port}, but on ${there}.` };
      }
      if (answers.length > 0)
        elsewhere ??= `${name} is ${answers.join(", ")}, which is no load balancer of the sandbox.`;
    }
    return { kind: "unknown", why: elsewhere ?? unknown(name) };
  },
});

const unknown = (name: string): string =>
  `The sandbox knows no ${name}: it is neither a load balancer's name nor in a public hosted zone. \`slipway sandbox dig ${name}\` says more.`;
