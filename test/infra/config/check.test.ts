import { expect } from "chai";
import { checkConfig, describeFaults, type Fault } from "../../../infra/config/check";
import { faultsOf, image, rawConfig, webService, type Values } from "../../_helpers/raw-config";

describe("checkConfig", () => {
  it("fills the defaults of a valid configuration in", () => {
    const result = checkConfig(rawConfig());
    expect(result.kind === "ok" && [result.config.logs, result.config.services["web"]?.desiredCount]).to.deep.equal([
      { retentionDays: 30 },
      1,
    ]);
  });

  it("leaves the secret password to the program", () => {
    expect(faultsOf(rawConfig({ databasePassword: "Correct-Horse-15" }))).to.deep.equal([]);
  });

  const single: readonly (readonly [what: string, config: Values, fault: Fault])[] = [
    [
      "a missing account id",
      rawConfig({ account: {} }),
      {
        path: "slipway:account.id",
        found: "nothing",
        allowed: '12 digits in quotes, such as "123456789012"',
        remedy: "Add `id`.",
      },
    ],
    [
      "an account id without quotes",
      rawConfig({ account: { id: 686831565523 } }),
      {
        path: "slipway:account.id",
        found: "number 686831565523",
        allowed: '12 digits in quotes, such as "123456789012"',
        remedy: "Put the value in quotes.",
      },
    ],
    [
      "a misspelt key",
      rawConfig({ logs: { retentonDays: 30 } }),
      {
        path: "slipway:logs.retentonDays",
        found: "an unknown key with a number",
        allowed: "the keys retentionDays",
        remedy: "Did you mean `retentionDays`?",
      },
    ],
    [
      "a misspelt area",
      rawConfig({ alarm: {} }),
      {
        path: "slipway:alarm",
        found: "an unknown key with a group of keys",
        allowed:
          "the keys system, environment, account, tags, naming, network, database, loadBalancer, dns, secrets, services, fleets, logs, alarms, promotion, records",
        remedy: "Did you mean `alarms`?",
      },
    ],
    [
      "a misspelt value",
      rawConfig({ services: webService({ release: { strategy: "bluegreen" } }) }),
      {
        path: "slipway:services.web.release.strategy",
        found: 'text "bluegreen"',
        allowed: "one of rolling, blue-green, canary, linear",
        remedy: "Did you mean `blue-green`?",
      },
    ],
    [
      "a wrong type",
      rawConfig({ services: webService({ desiredCount: "two" }) }),
      {
        path: "slipway:services.web.desiredCount",
        found: 'text "two"',
        allowed: "a whole number from 0 to 5000",
        remedy: "Write it without quotes.",
      },
    ],
    [
      "a figure out of range",
      rawConfig({ services: webService({}, { port: 70000 }) }),
      {
        path: "slipway:services.web.containers.web.port",
        found: "number 70000",
        allowed: "a whole number from 1 to 65535",
        remedy: "Take a value in this range.",
      },
    ],
    [
      "an unknown network mode",
      rawConfig({ network: { mode: "crate" } }),
      {
        path: "slipway:network.mode",
        found: 'text "crate"',
        allowed: '"create", or "adopt"',
        remedy: "Did you mean `create`?",
      },
    ],
    [
      "a name that is no name",
      rawConfig({ services: { ...webService({}), "My Worker": { containers: { worker: { image } } } } }),
      {
        path: 'slipway:services["My Worker"]',
        found: 'the key "My Worker"',
        allowed: "lower case letters, digits and hyphens, at most 32",
        remedy: "Rename the key.",
      },
    ],
    [
      "a group in place of a variable",
      rawConfig({ services: webService({}, { environment: { A: { b: 1 } } }) }),
      {
        path: "slipway:services.web.containers.web.environment.A",
        found: "a group of keys",
        allowed: "text, or a number, or true or false",
        remedy: "Take one of these values.",
      },
    ],
    [
      "an impossible size",
      rawConfig({ services: webService({ cpu: 256, memory: 4096 }) }),
      {
        path: "slipway:services.web.cpu",
        found: "cpu 256 with memory 4096",
        allowed: "a pair that Fargate runs",
        remedy:
          "Fargate has no size with cpu 256 and memory 4096 MiB. The nearest valid pair is cpu 512 with memory 4096 MiB.",
      },
    ],
    [
      "one zone",
      rawConfig({ network: { mode: "create", zones: 1 } }),
      {
        path: "slipway:network.zones",
        found: "number 1",
        allowed: "a whole number from 2 to 6, because there is a load balancer and a database",
        remedy: "Use at least 2 zones.",
      },
    ],
  ];
  for (const [what, config, fault] of single) {
    it(`tells of ${what}`, () => {
      expect(faultsOf(config)).to.deep.equal([fault]);
    });
  }

  it("tells wrong values and wrong combinations in one run, and nothing that only follows from them", () => {
    const config = rawConfig({
      account: { id: "x" },
      network: { mode: "create", zones: 1 },
      loadBalancer: { scheme: "internal", https: {} },
      services: { ...webService({ cpu: "lots" }), job: { cpu: 100, memory: 512, containers: { job: { image } } } },
    });
    expect(faultsOf(config).map(({ path }) => path)).to.deep.equal([
      "slipway:account.id",
      "slipway:loadBalancer.https.certificateArn",
      "slipway:services.web.cpu",
      "slipway:network.zones",
      "slipway:services.job.cpu",
    ]);
  });

  for (const [what, config] of [
    [
      "a password",
      rawConfig({ database: { instanceClass: "db.t3.micro", name: "a", username: "a", password: "hunter2hunter2" } }),
    ],
    ["an unknown key", rawConfig({ apiToken: "hunter2hunter2" })],
    [
      "a secret in place of its reference",
      rawConfig({ services: webService({}, { secrets: { KEY: "hunter2hunter2" } }) }),
    ],
    [
      "a secret in place of its name",
      rawConfig({ services: webService({}, { secrets: { KEY: { secret: "hunter2hunter2" } } }) }),
    ],
    ["an encrypted value in the wrong place", rawConfig({ system: { secure: "hunter2hunter2" } })],
  ] as const) {
    it(`does not repeat ${what}`, () => {
      const faults = faultsOf(config);
      expect(faults).to.have.length(1);
      expect(JSON.stringify(faults)).not.to.contain("hunter2");
    });
  }
});

describe("describeFaults", () => {
  it("gives each fault a paragraph", () => {
    const faults = faultsOf(rawConfig({ logs: { retentionDays: 31 }, system: "Shop" }));
    expect(describeFaults(faults, "Pulumi.staging.yaml")).to.equal(
      [
        "Pulumi.staging.yaml has 2 faults:",
        "",
        "  slipway:system",
        '    found    text "Shop"',
        "    allowed  lower case letters, digits and hyphens, at most 32",
        "    do       Write it in this form.",
        "",
        "  slipway:logs.retentionDays",
        "    found    number 31",
        "    allowed  one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
        "    do       Take one of these values.",
      ].join("\n"),
    );
  });
});
