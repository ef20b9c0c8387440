import { planListeners } from "../../load-balancer/listener-plan";
import { attachmentsOf, planRoutes } from "../../load-balancer/routes";
import { containersOf, fault, servicesOf, type CrossCheck } from "./cross-check";

/** Rules about the load balancer and what stands behind it. */
export const balancerChecks: readonly CrossCheck[] = [
  {
    id: "redirect-needs-https",
    why: "Port 80 would send everybody to a port where nobody listens.",
    faults: ({ loadBalancer }) =>
      loadBalancer?.http === "redirect" && loadBalancer.https === undefined
        ? [
            fault(
              ["loadBalancer", "http"],
              'text "redirect", without `https`',
              "forward, or redirect together with `https`",
              "Add `https` with a certificate, or write `http: forward`.",
            ),
          ]
        : [],
  },
  {
    id: "balancer-listens",
    why: "A load balancer without a listener serves nobody.",
    faults: ({ loadBalancer }) =>
      loadBalancer?.http === "off" && loadBalancer.https === undefined
        ? [
            fault(
              ["loadBalancer", "http"],
              'text "off", without `https`',
              "forward, or off together with `https`",
              "Add `https` with a certificate, or write `http: forward`.",
            ),
          ]
        : [],
  },
  {
    id: "attachment-needs-balancer",
    why: "A container cannot stand behind a load balancer that is not there.",
    faults: (config) =>
      config.loadBalancer !== undefined
        ? []
        : containersOf(config)
            .filter(({ container }) => container.loadBalancer !== undefined)
            .map(({ path }) =>
              fault(
                [...path, "loadBalancer"],
                "a group of keys, without `slipway:loadBalancer`",
                "nothing while the environment has no load balancer",
                "Add `slipway:loadBalancer`, or remove it here.",
              ),
            ),
  },
  {
    id: "attachment-needs-port",
    why: "The target group has to know where the container listens.",
    faults: (config) =>
      containersOf(config)
        .filter(({ container }) => container.loadBalancer !== undefined && container.port === undefined)
        .map(({ path }) =>
          fault([...path, "port"], "nothing, with `loadBalancer`", "a whole number from 1 to 65535", "Add `port`."),
        ),
  },
  {
    id: "two-slots-need-balancer",
    why: "Traffic is moved between two slots by the load balancer's weights.",
    faults: (config) =>
      servicesOf(config)
        .filter(
          ([, { release, containers }]) =>
            release.strategy !== "rolling" &&
            Object.values(containers).every(({ loadBalancer }) => loadBalancer === undefined),
        )
        .map(([name, { release }]) =>
          fault(
            ["services", name, "release", "strategy"],
            `text "${release.strategy}", and no container behind the load balancer`,
            "rolling for a service without a load balancer",
            "Give a container `loadBalancer`, or write `strategy: rolling`.",
          ),
        ),
  },
  {
    id: "routes-are-distinct",
    why: "Two rules with the same priority or condition, or two for all other requests, cannot both be served.",
    faults: ({ services }) => {
      const plan = planRoutes(attachmentsOf(services));
      if (plan.kind === "ok") return [];
      return plan.faults.map((found) =>
        fault(
          ["services"],
          found,
          "one owner for each path, host and priority, and at most 5 of them a rule",
          "Change `paths`, `hosts` or `priority` of one of them.",
        ),
      );
    },
  },
  {
    id: "listener-rules-have-room",
    why: "A slot's rule in the test listener needs a condition of its own, and ECS a last rule for all other requests.",
    faults: ({ loadBalancer, services }) => {
      if (planRoutes(attachmentsOf(services)).kind === "refused") return [];
      const plan = planListeners(services, loadBalancer?.test !== undefined);
      if (plan.kind === "ok") return [];
      return plan.faults.map((found) =>
        fault(
          ["services"],
          found,
          "4 paths and hosts for a service with two slots, and priorities below 49999",
          "Change `paths`, `hosts` or `priority`, or leave `loadBalancer.test` out.",
        ),
      );
    },
  },
  {
    id: "test-port-is-free",
    why: "Two listeners cannot share a port, and a test listener on a public one would be found by everybody.",
    faults: ({ loadBalancer }) =>
      loadBalancer?.test === undefined || ![80, 443].includes(loadBalancer.test.port)
        ? []
        : [
            fault(
              ["loadBalancer", "test", "port"],
              `number ${loadBalancer.test.port}`,
              "a port other than 80 and 443",
              "Take another port, such as 8443.",
            ),
          ],
  },
  {
    id: "check-ends-before-the-next",
    why: "AWS wants a health check's timeout to be shorter than its interval.",
    faults: (config) =>
      containersOf(config).flatMap(({ path, container: { loadBalancer } }) => {
        if (loadBalancer === undefined) return [];
        const { timeoutSeconds, intervalSeconds } = loadBalancer.healthCheck;
        if (timeoutSeconds < intervalSeconds) return [];
        return [
          fault(
            [...path, "loadBalancer", "healthCheck", "timeoutSeconds"],
            `number ${timeoutSeconds}, with an interval of ${intervalSeconds}`,
            `less than ${intervalSeconds}`,
            "Shorten the timeout or lengthen `intervalSeconds`.",
          ),
        ];
      }),
  },
];
