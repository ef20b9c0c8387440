import { expect } from "chai";
import fc from "fast-check";
import { planListeners, type ListenerPlan } from "../../../infra/load-balancer/listener-plan";
import { stackConfig } from "../../_helpers/stack-config";

interface Wanted {
  readonly paths?: readonly string[];
  readonly hosts?: readonly string[];
  readonly priority?: number;
  readonly release?: object;
}

const twoSlots = { strategy: "blue-green" };
const native = { strategy: "blue-green", controller: "ecs" };

/** One service a key, with a container of the same name; two slots unless something else is wanted. */
function plan(byService: Readonly<Record<string, Wanted>>, hasTest = true): ListenerPlan {
  const services = Object.entries(byService).map(([name, { release = twoSlots, ...conditions }]) => {
    const loadBalancer = { ...conditions, healthCheck: { path: "/health" } };
    return [name, { release, containers: { [name]: { image: { repository: name }, port: 80, loadBalancer } } }];
  });
  return planListeners(stackConfig({ services: Object.fromEntries(services) as object }).services, hasTest);
}

const ok = (found: ListenerPlan): Extract<ListenerPlan, { kind: "ok" }> => {
  if (found.kind === "refused") throw new Error(found.faults.join());
  return found;
};

const told = (found: ListenerPlan) =>
  ok(found).testRoutes.map(({ service, slot, priority, paths }) => [service, slot, priority, ...paths]);

describe("planListeners", () => {
  it("gives each slot a rule of its own at the test listener, at places that come from the route's own priority", () => {
    const found = plan({ web: {}, api: { paths: ["/api/*"], priority: 10 } });

    expect(told(found)).to.deep.equal([
      ["api", "blue", 9, "/api/*"],
      ["api", "green", 10, "/api/*"],
      ["web", "blue", 49_999],
      ["web", "green", 50_000],
    ]);
  });

  it("has nothing to test of a service that only rolls, or without a test listener", () => {
    expect(told(plan({ web: { release: {} } }))).to.deep.equal([]);
    expect(told(plan({ web: {} }, false))).to.deep.equal([]);
  });

  it("gives what ECS shifts a rule for all other requests, and no default action that only a listener has", () => {
    const { fallback, routes, testRoutes } = ok(plan({ web: { release: native } }));

    expect(fallback).to.equal(undefined);
    expect(routes.map(({ priority, paths, hosts }) => ({ priority, paths, hosts }))).to.deep.equal([
      { priority: 50_000, paths: ["/*"], hosts: [] },
    ]);
    expect(testRoutes.map(({ slot, paths }) => ({ slot, paths }))).to.deep.equal([{ slot: null, paths: ["/*"] }]);
  });

  it("keeps the default action of a service that the driver shifts", () => {
    expect(ok(plan({ web: {} })).fallback?.service).to.equal("web");
    expect(ok(plan({ web: {} })).routes).to.deep.equal([]);
  });

  it("keeps a place apart for both slots of routes with neighbouring priorities", () => {
    const places = told(plan({ a: { paths: ["/a"], priority: 1 }, b: { paths: ["/b"], priority: 2 } }));

    expect(places).to.deep.equal([
      ["a", "blue", 1, "/a"],
      ["a", "green", 2, "/a"],
      ["b", "blue", 3, "/b"],
      ["b", "green", 4, "/b"],
    ]);
  });

  it("says which service leaves no condition for the header", () => {
    const paths = ["/a", "/b", "/c", "/d", "/e"];

    expect(plan({ web: { paths } })).to.deep.equal({
      kind: "refused",
      faults: ["web/web has 5 paths and hosts: a rule of the test listener takes 4, and the header."],
    });
    expect(plan({ web: { paths } }, false).kind).to.equal("ok");
    expect(plan({ web: { paths, release: native } }).kind).to.equal("ok");
  });

  it("says when priorities at the end leave no place", () => {
    const found = plan({ web: {}, api: { paths: ["/api"], priority: 49_999 } });
    expect(found).to.deep.equal({
      kind: "refused",
      faults: ["The priorities leave no place for two rules each in the test listener: use lower ones than 49998."],
    });
  });

  it("refuses a second rule with the last priority beside the one that ECS needs there", () => {
    const found = plan({ web: { release: native }, api: { paths: ["/api"], priority: 50_000 } }, false);
    expect(found).to.deep.equal({
      kind: "refused",
      faults: ["api/api has priority 50000, which the rule for all other requests of web/web has."],
    });
  });

  it("keeps the order of the main listener for each slot, with no place given twice, whatever the priorities", () => {
    const priorities = fc.uniqueArray(fc.integer({ min: 1, max: 49_900 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(priorities, (chosen) => {
        const services = chosen.map((priority) => [`s${priority}`, { paths: [`/${priority}`], priority }] as const);
        const { routes, testRoutes } = ok(plan(Object.fromEntries(services)));
        const of = (slot: string) => testRoutes.filter((route) => route.slot === slot);
        const ascending = testRoutes.map(({ priority }) => priority);
        expect(ascending).to.deep.equal([...new Set(ascending)].sort((one, other) => one - other));
        for (const slot of ["blue", "green"])
          expect(of(slot).map(({ service }) => service)).to.deep.equal(routes.map(({ service }) => service));
      }),
      { numRuns: 50 },
    );
  });
});
