import { checkConfig, type Fault } from "../../infra/config/check";

/** Values as they stand in a stack file, below `slipway:`. */
export type Values = Record<string, unknown>;

/** The least a container behind the load balancer says. */
export const health = { healthCheck: { path: "/health" } };
export const image = { repository: "shop/web" };

/** A small valid configuration; `areas` takes the place of whole areas, undefined removes one. */
export const rawConfig = (areas: Values = {}): Values => {
  const whole: Values = {
    system: "shop",
    environment: "staging",
    account: { id: "686831565523" },
    network: { mode: "create" },
    database: { instanceClass: "db.t3.micro", name: "shop", username: "shop" },
    loadBalancer: { scheme: "internal", http: "forward" },
    secrets: { license: { keys: ["token"] } },
    services: { web: { containers: { web: { image, port: 8080, loadBalancer: health } } } },
    ...areas,
  };
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
};

/** One service called `web` with one container behind the load balancer. */
export const webService = (settings: Values, container: Values = {}): Values => ({
  web: { ...settings, containers: { web: { image, port: 8080, loadBalancer: health, ...container } } },
});

export const faultsOf = (config: Values): readonly Fault[] => {
  const result = checkConfig(config);
  return result.kind === "ok" ? [] : result.faults;
};
