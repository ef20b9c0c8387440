import type { CallHandler } from "./call";
import { passThrough } from "./pass-through";

/** What the front does with the calls of one service. */
export interface Route {
  /** Why moto alone is not enough. */
  readonly reason: string;
  readonly handle: CallHandler;
}

/** Services that the front answers itself, by signing name. Whatever is not here goes to moto unchanged. */
const routes: Readonly<Record<string, Route>> = {};

/** Who answers a call of this service. */
export const handlerFor = (service: string, table: Readonly<Record<string, Route>> = routes): CallHandler =>
  (Object.hasOwn(table, service) ? table[service]?.handle : undefined) ?? passThrough;
