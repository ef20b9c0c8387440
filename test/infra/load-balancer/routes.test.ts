import { expect } from "chai";
import fc from "fast-check";
import { attachmentsOf, planRoutes, type Attachment, type RoutePlan } from "../../../infra/load-balancer/routes";
import { stackConfig } from "../../_helpers/stack-config";

interface Conditions {
  readonly paths?: readonly string[];
  readonly hosts?: readonly string[];
  readonly priority?: number;
}

/** One service a key, with a container of the same name. */
function attachments(byService: Readonly<Record<string, Conditions>>): readonly Attachment[] {
  const services = Object.entries(byService).map(([name, conditions]) => {
    const loadBalancer = { ...conditions, healthCheck: { path: "/health" } };
    return [name, { containers: { [name]: { image: { repository: name }, port: 80, loadBalancer } } }];
  });
  return attachmentsOf(stackConfig({ services: Object.fromEntries(services) as Record<string, unknown> }).services);
}

const prioritiesOf = (plan: RoutePlan): Record<string, number> =>
  plan.kind === "refused" ? {} : Object.fromEntries(plan.routes.map(({ service, priority }) => [service, priority]));

const orderOf = (plan: RoutePlan): string[] =>
  plan.kind === "refused" ? [] : plan.routes.map(({ service }) => service);

describe("planRoutes", () => {
  it("makes the attachment without paths and hosts the default, and rules of the others", () => {
    const plan = planRoutes(attachments({ web: {}, api: { paths: ["/api/*"], hosts: ["api.shop.example"] } }));

    expect(plan.kind === "ok" && plan.fallback?.service).to.equal("web");
    expect(
      plan.kind === "ok" && plan.routes.map(({ service, paths, hosts }) => ({ service, paths, hosts })),
    ).to.deep.equal([{ service: "api", paths: ["/api/*"], hosts: ["api.shop.example"] }]);
  });

  it("has no default when every attachment has conditions, and no rules when there is nothing", () => {
    expect(planRoutes(attachments({}))).to.deep.equal({ kind: "ok", fallback: undefined, routes: [] });
  });

  it("asks the longer pattern first, and a whole path before one with a wildcard", () => {
    const plan = planRoutes(
      attachments({
        a: { paths: ["/api/*"] },
        b: { paths: ["/api/v1/*"] },
        c: { paths: ["/api/v1/"] },
        d: { paths: ["/*"] },
      }),
    );

    expect(orderOf(plan)).to.deep.equal(["c", "b", "a", "d"]);
  });

  it("asks a rule with host and path before one with either", () => {
    const host = "shop.example";
    const plan = planRoutes(
      attachments({ a: { paths: ["/api/*"] }, b: { hosts: [host] }, c: { hosts: [host], paths: ["/api/*"] } }),
    );

    expect(orderOf(plan)[0]).to.equal("c");
  });

  it("takes the configuration's priorities as they are", () => {
    const plan = planRoutes(attachments({ a: { paths: ["/a"], priority: 7 }, b: { paths: ["/b"], priority: 3 } }));

    expect(prioritiesOf(plan)).to.deep.equal({ b: 3, a: 7 });
  });

  it("makes way for a priority that the configuration gives to another rule", () => {
    const a = { paths: ["/a/*"] };
    const derived = prioritiesOf(planRoutes(attachments({ a })))["a"] ?? 0;

    const plan = planRoutes(attachments({ a, b: { paths: ["/b"], priority: derived } }));

    expect(prioritiesOf(plan)).to.deep.equal({ b: derived, a: derived + 1 });
  });

  for (const [what, byService, fault] of [
    [
      "two defaults",
      { a: {}, b: {} },
      "a/a and b/b have neither paths nor hosts: only one can get all other requests.",
    ],
    [
      "the same path twice",
      { a: { paths: ["/x"] }, b: { paths: ["/y", "/x"] } },
      "a/a and b/b both answer /x: the second would never get a request.",
    ],
    [
      "the same host in another case",
      { a: { hosts: ["Shop.example"] }, b: { hosts: ["shop.example"] } },
      "a/a and b/b both answer shop.example/*: the second would never get a request.",
    ],
    [
      "one priority twice",
      { a: { paths: ["/x"], priority: 5 }, b: { paths: ["/y"], priority: 5 } },
      "a/a and b/b both have priority 5.",
    ],
    [
      "more conditions than a rule takes",
      { a: { paths: ["/1", "/2", "/3"], hosts: ["a.example", "b.example", "c.example"] } },
      "a/a has 6 paths and hosts: a rule takes 5.",
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(planRoutes(attachments(byService))).to.deep.equal({ kind: "refused", faults: [fault] });
    });
  }

  it("says all that is wrong at once", () => {
    const plan = planRoutes(attachments({ a: {}, b: {}, c: { paths: ["/x"] }, d: { paths: ["/x"] } }));

    expect(plan.kind === "refused" && plan.faults).to.have.length(2);
  });

  const name = fc.stringMatching(/^[a-z]{1,12}$/);
  const path = fc.stringMatching(/^\/[a-z]{0,30}\*?$/);
  const priority = fc.option(fc.integer({ min: 1, max: 50000 }), { nil: undefined });
  const some = fc
    .dictionary(name, fc.record({ path, priority }), { maxKeys: 60, noNullPrototype: true })
    .map((entries) => {
      const conditions = Object.entries(entries).map(([service, { path: start, priority: own }]) => {
        return [service, { paths: [`/${service}${start}`], ...(own === undefined ? {} : { priority: own }) }] as const;
      });
      return Object.fromEntries(conditions);
    });

  it("gives every rule a priority that AWS takes, and no two the same one", () => {
    fc.assert(
      fc.property(some, (byService) => {
        const plan = planRoutes(attachments(byService));
        if (plan.kind === "refused") return;
        const priorities = plan.routes.map((route) => route.priority);
        expect(priorities.every((each) => each >= 1 && each <= 50000)).to.equal(true);
        expect(new Set(priorities).size).to.equal(Object.keys(byService).length);
        expect(priorities).to.deep.equal([...priorities].sort((one, other) => one - other));
      }),
    );
  });

  it("does not renumber the others when a service with longer patterns comes or goes", () => {
    const before = planRoutes(attachments({ a: { paths: ["/a/*"] }, c: { paths: ["/c/*"] } }));
    const after = planRoutes(
      attachments({ a: { paths: ["/a/*"] }, b: { paths: ["/bbbb/*"] }, c: { paths: ["/c/*"] } }),
    );

    const { a, c } = prioritiesOf(after);
    expect(prioritiesOf(before)).to.deep.equal({ a, c });
  });
});
