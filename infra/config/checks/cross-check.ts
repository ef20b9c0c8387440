import { faultPath, type Fault, type Path } from "../fault";
import type { ServiceConfig, StackConfig } from "../schema";

/** A rule between two values; the schema has already settled each value on its own. */
export interface CrossCheck {
  readonly id: string;
  readonly why: string;
  readonly faults: (config: StackConfig) => readonly Fault[];
}

export const fault = (path: Path, found: string, allowed: string, remedy: string): Fault => ({
  path: faultPath(path),
  found,
  allowed,
  remedy,
});

/** A service and the key it stands under. */
export type NamedService = readonly [name: string, service: ServiceConfig];
/** A container, the key it stands under, and its path. */
export interface NamedContainer {
  readonly service: string;
  readonly name: string;
  readonly container: ServiceConfig["containers"][string];
  readonly path: Path;
}

export const servicesOf = (config: StackConfig): readonly NamedService[] => Object.entries(config.services);

export const containersOf = (config: StackConfig): readonly NamedContainer[] =>
  servicesOf(config).flatMap(([service, { containers }]) =>
    Object.entries(containers).map(([name, container]) => ({
      service,
      name,
      container,
      path: ["services", service, "containers", name],
    })),
  );
