import type { AddressInfo } from "node:net";
import { scopeKey, type Scope } from "../../model/scope";
import type { ListenerPort } from "../../model/targets";
import type { Moto } from "../../model/moto";
import { isSameScope } from "../same-scope";
import type { Listener } from "../tables";
import { Entrance, type Certificate } from "./entrance";
import type { PlaneContext } from "./plane-context";
import { portsToTry } from "./ports";

interface Opened {
  readonly entrance: Entrance;
  readonly port: number;
  /** What cannot change under a running server. */
  readonly fixed: string;
  /** Names in its certificate. */
  readonly names: string;
}

/** All listeners of all load balancers, each on a port of its own on 127.0.0.1. */
export class Plane {
  private readonly opened = new Map<string, Opened>();

  constructor(
    private readonly moto: Pick<Moto, "door">,
    private readonly context: Omit<PlaneContext, "localPort">,
  ) {}

  /** Opens, changes and closes listeners until they are those of the scope's tables. */
  async apply(scope: Scope, listeners: readonly Listener[]): Promise<void> {
    const wanted = new Map(listeners.map((listener) => [listener.arn, listener]));
    const gone = [...this.opened].filter(([arn, { entrance, fixed }]) => {
      if (!isSameScope(entrance.listener.balancer.scope, scope)) return false;
      const listener = wanted.get(arn);
      return !listener || fixedOf(listener) !== fixed;
    });
    // Their ports must be free before others are opened.
    await Promise.all(gone.map(([arn]) => this.shut(arn)));
    for (const listener of listeners) await this.follow(listener);
  }

  entrances(): readonly { readonly entrance: Entrance; readonly port: number }[] {
    return [...this.opened.values()];
  }

  ports(): readonly ListenerPort[] {
    return [...this.opened.values()].map(({ entrance: { listener }, port }) => ({
      ...listener.balancer.scope,
      loadBalancer: listener.balancer.name,
      dnsName: listener.balancer.dnsName,
      protocol: listener.protocol,
      port: listener.port,
      address: addressOf(listener, port),
    }));
  }

  async close(): Promise<void> {
    await Promise.all([...this.opened.keys()].map((arn) => this.shut(arn)));
  }

  private async shut(arn: string): Promise<void> {
    const entry = this.opened.get(arn);
    this.opened.delete(arn);
    await entry?.entrance.close();
  }

  private async follow(listener: Listener): Promise<void> {
    const entry = this.opened.get(listener.arn);
    if (!entry) return this.open(listener);
    entry.entrance.follow(listener);
    if (listener.protocol === "HTTPS" && entry.names !== listener.names.join()) await this.renew(listener, entry);
  }

  private async open(listener: Listener): Promise<void> {
    try {
      const certificate = listener.protocol === "HTTPS" ? await this.certificate(listener) : undefined;
      const context = { ...this.context, localPort: (from: Listener, port: string) => this.localPort(from, port) };
      const entrance = new Entrance(listener, certificate, context);
      const port = await listen(entrance, listener);
      entrance.server.on("error", (error) => this.context.log(`listener ${listener.arn}: ${error.message}`));
      this.opened.set(listener.arn, {
        entrance,
        port,
        fixed: fixedOf(listener),
        names: listener.names.join(),
      });
    } catch (error) {
      // The API has agreed already; the other listeners must not suffer.
      this.context.log(`listener ${listener.arn} does not listen: ${String(error)}`);
    }
  }

  private async renew(listener: Listener, entry: Opened): Promise<void> {
    try {
      entry.entrance.renew(await this.certificate(listener));
      this.opened.set(listener.arn, { ...entry, names: listener.names.join() });
    } catch (error) {
      this.context.log(`listener ${listener.arn} keeps its certificate: ${String(error)}`);
    }
  }

  private async certificate({ names }: Listener): Promise<Certificate> {
    const { key, certificate } = await this.moto.door("/slipway/certificate", { names, addresses: ["127.0.0.1"] });
    if (typeof key !== "string" || typeof certificate !== "string") throw new Error("The cloud made no certificate.");
    return { key, certificate };
  }

  private localPort({ balancer }: Listener, port: string): number | undefined {
    return [...this.opened.values()].find(
      ({ entrance: { listener } }) => listener.balancer.arn === balancer.arn && String(listener.port) === port,
    )?.port;
  }
}

const fixedOf = ({ port, protocol }: Listener): string => `${protocol}:${port}`;

/** Where a listener answers, without a slash at its end. */
export const addressOf = ({ protocol }: Listener, port: number): string =>
  `${protocol.toLowerCase()}://127.0.0.1:${port}`;

async function listen(entrance: Entrance, { balancer, port }: Listener): Promise<number> {
  for (const candidate of portsToTry(`${scopeKey(balancer.scope)}/${balancer.name}`, port)) {
    if (await tryToListen(entrance, candidate)) return (entrance.server.address() as AddressInfo).port;
  }
  throw new Error("No port is free.");
}

/**
 * Connections that wait to be taken while the process does something else; with node's 511 a client that opens many at
 * once loses some, and tries again only after one, three and seven seconds.
 */
const backlog = 4096;

/** A port that somebody has, or that nobody may have, is no error: there are others. */
function tryToListen({ server }: Entrance, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const fail = (): void => {
      server.off("listening", succeed);
      resolve(false);
    };
    const succeed = (): void => {
      server.off("error", fail);
      resolve(true);
    };
    server.once("error", fail);
    server.once("listening", succeed);
    server.listen({ port, host: "127.0.0.1", exclusive: true, backlog });
  });
}
