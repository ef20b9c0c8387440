import type { StackConfig } from "../../../infra/config/schema";

type Attachment = { readonly paths?: readonly string[]; readonly hosts?: readonly string[] };

/** As much of a configuration as routes are made of: by service, how it is attached to the load balancer, if it is. */
export const configOf = (services: Readonly<Record<string, Attachment | undefined>>): Pick<StackConfig, "services"> =>
  ({
    services: Object.fromEntries(
      Object.entries(services).map(([name, loadBalancer]) => [
        name,
        { containers: { sidecar: {}, main: loadBalancer ? { loadBalancer } : {} } },
      ]),
    ),
  }) as unknown as Pick<StackConfig, "services">;
