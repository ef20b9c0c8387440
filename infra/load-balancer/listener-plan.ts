import type { StackConfig } from "../config/schema";
import { slotsOf, targetSlotsOf, type Slot } from "../releases";
import { attachmentsOf, keyOf, planRoutes, type Attachment, type Route } from "./routes";

/** Header that chooses a slot at the test listener, and nowhere else. */
export const slotHeader = "x-slipway-slot";

/** A rule of the test listener. */
export interface TestRoute extends Route {
  /** What the header must say; null where ECS itself decides which side is tested. */
  readonly slot: Slot | null;
}

export type ListenerPlan =
  | {
      readonly kind: "ok";
      /** Gets what no rule of the main listeners matches, as their default action. */
      readonly fallback: Attachment | undefined;
      /** Of the main listeners, by priority. */
      readonly routes: readonly Route[];
      /** Of the test listener, by priority. */
      readonly testRoutes: readonly TestRoute[];
    }
  | { readonly kind: "refused"; readonly faults: readonly string[] };

type Services = StackConfig["services"];

/** ECS shifts by the weights of a rule; a listener's default action is none that it takes. */
const last = 50_000;

/** Whether ECS itself shifts the traffic of an attachment. */
export const isNative = (services: Services, { service }: Pick<Attachment, "service">): boolean =>
  services[service]?.release.controller === "ecs";

/**
 * The rules of all listeners.
 *
 * @param hasTest whether there is a test listener, whose rules need a place of their own
 */
export function planListeners(services: Services, hasTest: boolean): ListenerPlan {
  const plan = planRoutes(attachmentsOf(services));
  if (plan.kind === "refused") return plan;
  const { fallback } = plan;
  const takesAll = fallback !== undefined && isNative(services, fallback) ? fallback : undefined;
  const routes = takesAll === undefined ? plan.routes : [...plan.routes, catchAll(takesAll)];
  const tested = hasTest ? testRoutes(services, plan.routes, fallback) : [];
  const faults = [
    ...plan.routes.flatMap((route) =>
      takesAll !== undefined && route.priority === last
        ? [`${keyOf(route)} has priority ${last}, which the rule for all other requests of ${keyOf(takesAll)} has.`]
        : [],
    ),
    ...tooManyValues(tested),
    ...(tested.some(({ priority }) => priority > last)
      ? [`The priorities leave no place for two rules each in the test listener: use lower ones than ${last - 2}.`]
      : []),
  ];
  return faults.length > 0
    ? { kind: "refused", faults }
    : { kind: "ok", fallback: takesAll === undefined ? fallback : undefined, routes, testRoutes: tested };
}

const catchAll = (attachment: Attachment): Route => ({ ...attachment, priority: last, paths: ["/*"], hosts: [] });

/**
 * Two places for each route, in the order of the main listener. Places come from the main priority alone wherever no two
 * are neighbours, so that a further service does not renumber the others here either.
 */
function testRoutes(services: Services, routes: readonly Route[], fallback: Attachment | undefined): TestRoute[] {
  const all = [...routes, ...(fallback === undefined ? [] : [{ ...fallback, priority: last, paths: [], hosts: [] }])];
  let pair = -1;
  return all.flatMap((route): TestRoute[] => {
    const service = services[route.service];
    if (service === undefined || targetSlotsOf(service).length < 2) return [];
    pair = Math.max(Math.floor((route.priority - 1) / 2), pair + 1);
    const place = 2 * pair + 1;
    if (isNative(services, route)) return [{ ...withAnything(route), priority: place, slot: null }];
    return slotsOf(service).map((slot, index) => ({ ...route, priority: place + index, slot }));
  });
}

/** A rule must have a condition, and the header is none of a rule that ECS shifts. */
const withAnything = (route: Route): Route =>
  route.paths.length + route.hosts.length === 0 ? { ...route, paths: ["/*"] } : route;

/** Quota "condition values per rule" of the load balancer: 5, of which the header takes one. */
const tooManyValues = (routes: readonly TestRoute[]): string[] =>
  routes
    .filter(({ slot, paths, hosts }) => slot === "blue" && paths.length + hosts.length > 4)
    .map(
      (route) =>
        `${keyOf(route)} has ${route.paths.length + route.hosts.length} paths and hosts: a rule of the test listener takes 4, and the header.`,
    );
