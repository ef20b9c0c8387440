import type { HttpAnswer } from "../../automation/ports/http";
import type { Colour } from "../../automation/model/switch/plan";
import { FakeClock } from "../_fakes/fake-clock";
import { fakeContext, ownAccount, type FakeContext } from "../_fakes/fake-context";
import { answered } from "../_fakes/fake-http";
import { stackConfig } from "./stack-config";

export interface PairSettings {
  /** Tasks that run of the two that are wanted. */
  readonly running?: Partial<Record<Colour, number>>;
  readonly databases?: Partial<Record<Colour, string>>;
  readonly weights?: Readonly<Record<Colour, number>>;
  /** By URL, over the usual ones. */
  readonly answers?: Readonly<Record<string, HttpAnswer>>;
  /** What an operator types; without any there is no terminal. */
  readonly typed?: readonly string[];
  /** Settings of `slipway:dns` of both. */
  readonly dns?: object;
  readonly greenDns?: object;
}

/** Two deployed environments of one name, blue active; both see the same zone, records and lock. */
export function switchPair(settings: PairSettings = {}) {
  const { typed, weights = { blue: 100, green: 0 } } = settings;
  const context = (colour: Colour): FakeContext => ({
    ...fakeContext({ ...(typed === undefined ? {} : { answers: typed }), outputs: outputsOf(colour, settings) }),
    stack: `prod-${colour}`,
    config: configOf(colour, settings),
  });
  const own = context("blue");
  const clock = new FakeClock();
  own.dns.records = own.dns.records.map((record) => ({
    ...record,
    weight: weights[record.setIdentifier === "green" ? "green" : "blue"],
  }));
  const { dns, switches, switchLock, http, output, containers, traffic, metrics } = own;
  for (const colour of ["blue", "green"] as const) {
    containers.services.set(`${colour}-web`, {
      serviceName: `${colour}-web`,
      status: "ACTIVE",
      taskDefinition: "td",
      desired: 2,
      running: settings.running?.[colour] ?? 2,
      pending: 0,
      deployments: [],
      events: [],
    });
    traffic.members.set(`arn:${colour}`, [{ id: "10.0.0.1:8080", state: "healthy", reason: "" }]);
  }
  for (const url of ["http://green.elb.example", "http://blue.elb.example", "http://www.shop.example"]) {
    http.answers.set(`${url}/`, answered(404));
    http.answers.set(`${url}/health`, answered(200));
  }
  for (const [url, answer] of Object.entries(settings.answers ?? {})) http.answers.set(url, answer);
  const shared = { clock, dns, switches, switchLock, http, output, containers, traffic, metrics };
  const blue: FakeContext = { ...own, clock, openPeer: async () => green };
  const green: FakeContext = { ...context("green"), ...shared, openPeer: async () => blue };
  return {
    blue,
    green,
    weighs: (): readonly string[] => blue.log.filter((line) => line.startsWith("weigh ")),
    gets: (): readonly string[] =>
      blue.log.filter((line) => line.startsWith("get ")).map((line) => line.slice("get ".length)),
  };
}

const configOf = (colour: Colour, { dns, greenDns = {} }: PairSettings) =>
  stackConfig({
    account: { id: ownAccount },
    environment: `prod-${colour}`,
    loadBalancer: { scheme: "internet-facing", http: "forward" },
    services: {
      web: {
        checks: [{ path: "/health" }],
        containers: {
          web: { image: { repository: "shop/web" }, port: 8080, loadBalancer: { healthCheck: { path: "/health" } } },
        },
      },
    },
    dns: {
      zoneId: "Z1",
      name: "www.shop.example",
      colour,
      peer: colour === "blue" ? "prod-green" : "prod-blue",
      ...dns,
      ...(colour === "green" ? greenDns : {}),
    },
  });

const outputsOf = (colour: Colour, { databases = {} }: PairSettings) =>
  Object.entries({
    releases: {
      web: { live: "blue", slots: { blue: { images: { web: "shop/web:v1" } } }, weights: { blue: 100, green: 0 } },
    },
    ClusterName: `shop-${colour}`,
    ServiceNames: { web: { blue: `${colour}-web` } },
    TargetGroupArns: { web: { web: { blue: `arn:${colour}` } } },
    LoadBalancerDNS: `${colour}.elb.example`,
    ...(databases[colour] === undefined ? {} : { DbInstanceId: databases[colour] }),
  }).map(([name, value]) => ({ name, value, secret: false }));
