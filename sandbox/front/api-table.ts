import type { Operation, ServiceApi } from "../model/service-api";

/** What is answered, watched or mended here, by service and operation. */
export interface ApiTable {
  /** True when some operation of the service is here, so that its calls have to be read. */
  has(service: string): boolean;
  find(service: string, operation: string): Operation | undefined;
}

/** @throws Error when two parts of the sandbox claim one operation: which of them would answer must not be chance */
export function apiTable(apis: readonly ServiceApi[]): ApiTable {
  const services = new Map<string, Map<string, Operation>>();
  for (const { service, operations } of apis) {
    const known = services.get(service) ?? new Map<string, Operation>();
    services.set(service, known);
    for (const [name, operation] of Object.entries(operations)) {
      if (known.has(name)) throw new Error(`Two parts of the sandbox want to answer ${service}:${name}.`);
      known.set(name, operation);
    }
  }
  return {
    has: (service) => services.has(service),
    find: (service, operation) => services.get(service)?.get(operation),
  };
}
