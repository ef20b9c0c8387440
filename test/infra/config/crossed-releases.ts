import { health, image, rawConfig, webService, type Values } from "../../_helpers/raw-config";

/** A rule between values, a configuration that breaks it and nothing else, and where the faults are. */
export type Crossed = readonly [id: string, config: Values, paths: readonly string[]];

const step = (percent: number, bakeSeconds = 60): Values => ({ percent, bakeSeconds });
const releasing = (release: Values, settings: Values = {}): Values =>
  rawConfig({ services: webService({ ...settings, release }) });
const canary = { strategy: "canary" };
const native = { strategy: "canary", controller: "ecs" };
const check = { path: "/health" };
const behind = (port: number, more: Values = {}): Values => ({ image, port, loadBalancer: { ...health, ...more } });
const steps = "services.web.release.steps";

/** Of every rule about releases and the test listener. */
export const crossedReleases: readonly Crossed[] = [
  ["steps-lead-to-all", releasing({ ...canary, steps: [step(10), step(10), step(100)] }), [`${steps}[1].percent`]],
  ["steps-lead-to-all", releasing({ ...canary, steps: [step(10), step(50)] }), [`${steps}[1].percent`]],
  ["steps-lead-to-all", releasing({ ...canary, steps: [step(100), step(100)] }), [`${steps}[1].percent`]],
  ["steps-lead-to-all", releasing({ steps: [step(10), step(100)] }), [steps]],
  ["steps-lead-to-all", releasing({ ...native, steps: [step(10), step(50), step(100)] }), [steps]],
  ["steps-lead-to-all", releasing({ ...native, steps: [step(10, 90), step(100)] }), [`${steps}[0].bakeSeconds`]],
  [
    "steps-lead-to-all",
    releasing({ strategy: "blue-green", controller: "ecs", steps: [step(50), step(100)] }),
    [steps],
  ],
  [
    "steps-lead-to-all",
    releasing({ strategy: "linear", controller: "ecs", steps: [step(30), step(50), step(100)] }),
    [steps],
  ],
  [
    "steps-lead-to-all",
    releasing({ strategy: "linear", controller: "ecs", steps: [step(50, 60), step(100), step(100)] }),
    [`${steps}[2].percent`],
  ],
  ["controller-shifts", releasing({ controller: "ecs" }), ["services.web.release.controller"]],
  [
    "controller-has-one-entrance",
    rawConfig({
      loadBalancer: {
        scheme: "internal",
        http: "forward",
        https: { certificateArn: "arn:aws:acm:a:686831565523:c/1" },
      },
      services: webService({ release: native }),
    }),
    ["loadBalancer.http"],
  ],
  ["pause-needs-ecs", releasing({ ...canary, pause: {} }), ["services.web.release.pause"]],
  ["compare-needs-two-sides", releasing({ compare: {} }), ["services.web.release.compare"]],
  ["compare-needs-two-sides", releasing({ ...native, compare: {} }), ["services.web.release.compare"]],
  [
    "checks-reach-a-container",
    releasing({}, { checks: [check, { ...check, container: "wbe" }] }),
    ["services.web.checks[1].container"],
  ],
  [
    "checks-reach-a-container",
    rawConfig({
      services: {
        web: { checks: [check], containers: { api: behind(81, { paths: ["/api"] }), page: behind(80) } },
      },
    }),
    ["services.web.checks[0].container"],
  ],
  [
    "checks-reach-a-container",
    rawConfig({ services: { job: { checks: [check], containers: { job: { image } } } } }),
    ["services.job.checks"],
  ],
  ["watch-needs-alarm", releasing({ watchHours: 24 }), ["services.web.release.watchHours"]],
  [
    "grace-ends-in-time",
    releasing({ provisionSeconds: 60 }, { gracePeriodSeconds: 61 }),
    ["services.web.release.provisionSeconds"],
  ],
  [
    "test-port-is-free",
    rawConfig({ loadBalancer: { scheme: "internal", http: "forward", test: { port: 80 } } }),
    ["loadBalancer.test.port"],
  ],
  [
    "listener-rules-have-room",
    rawConfig({
      loadBalancer: { scheme: "internal", http: "forward", test: { port: 8443 } },
      services: {
        web: { release: canary, containers: { web: behind(80, { paths: ["/a", "/b", "/c", "/d", "/e"] }) } },
      },
    }),
    ["services"],
  ],
  [
    "listener-rules-have-room",
    rawConfig({
      services: {
        ...webService({ release: native }),
        api: { containers: { api: behind(81, { paths: ["/api"], priority: 50_000 }) } },
      },
    }),
    ["services"],
  ],
];
