import { expect } from "chai";
import { crossChecks } from "../../../infra/config/cross-checks";
import { faultsOf, health, image, rawConfig, webService, type Values } from "../../_helpers/raw-config";
import { crossedReleases, type Crossed } from "./crossed-releases";
import { crossedSharing } from "./crossed-sharing";

const alarm = (settings: Values): Values => ({ rules: [{ rule: "error-rate", threshold: 5, ...settings }] });

const database = { instanceClass: "db.t3.micro", name: "shop", username: "shop" };
const worker = { containers: { job: { image } } };
const two = { mail: worker, jobs: worker };

describe("crossChecks", () => {
  const own = (subnets: Values): Values => rawConfig({ network: { mode: "create", cidr: "10.0.0.0/16", subnets } });
  const crossed: readonly Crossed[] = [
    ...crossedReleases,
    ...crossedSharing,
    [
      "account-not-forbidden",
      rawConfig({ account: { id: "686831565523", forbidden: ["709825985650", "686831565523"] } }),
      ["account.forbidden[1]"],
    ],
    [
      "zones-for-balancer-and-database",
      rawConfig({ network: { mode: "adopt", vpcId: "vpc-1", privateSubnetIds: ["subnet-1"] } }),
      ["network.privateSubnetIds", "network.databaseSubnetIds"],
    ],
    [
      "subnet-blocks",
      own({
        public: ["10.0.0.0/24", "10.0.1.0/24"],
        private: ["10.0.1.128/25", "10.0.3.0/24"],
        database: ["10.1.0.0/24", "10.0.5.0/24"],
      }),
      ["network.subnets.database[0]", "network.subnets.private[0]"],
    ],
    [
      "subnet-blocks",
      own({
        public: ["10.0.0.0/24"],
        private: ["10.0.2.0/24", "10.0.3.0/24"],
        database: ["10.0.4.0/24", "10.0.5.0/24"],
      }),
      ["network.subnets.public"],
    ],
    [
      "way-to-the-registry",
      rawConfig({ network: { mode: "create", nat: "none", endpoints: ["ecr.api", "logs"] } }),
      ["network.nat"],
    ],
    ["service-names-differ", rawConfig({ naming: { service: "{stack}" }, services: two }), ["naming.service"]],
    [
      "families-differ",
      rawConfig({ services: { ...webService({ release: { strategy: "canary" } }), "web-green": worker } }),
      ["naming.family"],
    ],
    ["log-groups-differ", rawConfig({ naming: { logGroup: "/ecs/{stack}" }, services: two }), ["naming.logGroup"]],
    [
      "log-groups-differ",
      rawConfig({
        naming: { logGroup: "{service}-{container}" },
        services: { a: { containers: { "b-c": { image } } }, "a-b": { containers: { c: { image } } } },
      }),
      ["naming.logGroup"],
    ],
    ["secret-names-differ", rawConfig({ naming: { secret: "{stack}/secret" } }), ["naming.secret"]],
    [
      "storage-can-grow",
      rawConfig({ database: { ...database, storageGb: 50, maxStorageGb: 50 } }),
      ["database.maxStorageGb"],
    ],
    [
      "window-long-enough",
      rawConfig({ database: { ...database, backupWindow: "02:00-02:20", maintenanceWindow: "sun:04:00-sun:04:10" } }),
      ["database.backupWindow", "database.maintenanceWindow"],
    ],
    [
      "windows-apart",
      rawConfig({ database: { ...database, backupWindow: "00:00-00:30", maintenanceWindow: "sun:23:45-mon:00:15" } }),
      ["database.maintenanceWindow"],
    ],
    [
      "recovery-window",
      rawConfig({
        database: { ...database, secretRecoveryDays: 1 },
        secrets: { license: { recoveryDays: 6 }, llm: { recoveryDays: 0 } },
      }),
      ["database.secretRecoveryDays", "secrets.license.recoveryDays"],
    ],
    ["database-secret-name", rawConfig({ secrets: { database: {} } }), ["secrets.database"]],
    [
      "database-secret-exists",
      rawConfig({ database: undefined, services: webService({}, { secrets: { DB: { secret: "database" } } }) }),
      ["services.web.containers.web.secrets.DB.secret"],
    ],
    [
      "secret-exists",
      rawConfig({ services: webService({}, { secrets: { KEY: { secret: "licence" } } }) }),
      ["services.web.containers.web.secrets.KEY.secret"],
    ],
    [
      "secret-has-key",
      rawConfig({ services: webService({}, { secrets: { KEY: { secret: "license", key: "tokn" } } }) }),
      ["services.web.containers.web.secrets.KEY.key"],
    ],
    ["redirect-needs-https", rawConfig({ loadBalancer: { scheme: "internal" } }), ["loadBalancer.http"]],
    ["balancer-listens", rawConfig({ loadBalancer: { scheme: "internal", http: "off" } }), ["loadBalancer.http"]],
    ["attachment-needs-balancer", rawConfig({ loadBalancer: undefined }), ["services.web.containers.web.loadBalancer"]],
    [
      "attachment-needs-port",
      rawConfig({ services: webService({}, { port: undefined }) }),
      ["services.web.containers.web.port"],
    ],
    [
      "two-slots-need-balancer",
      rawConfig({
        services: { ...webService({}), job: { release: { strategy: "canary" }, containers: { job: { image } } } },
      }),
      ["services.job.release.strategy"],
    ],
    [
      "routes-are-distinct",
      rawConfig({
        services: { ...webService({}), api: { containers: { api: { image, port: 80, loadBalancer: health } } } },
      }),
      ["services"],
    ],
    [
      "routes-are-distinct",
      rawConfig({
        services: {
          one: { containers: { one: { image, port: 80, loadBalancer: { ...health, paths: ["/a"], priority: 7 } } } },
          two: { containers: { two: { image, port: 80, loadBalancer: { ...health, paths: ["/b"], priority: 7 } } } },
        },
      }),
      ["services"],
    ],
    [
      "check-ends-before-the-next",
      rawConfig({
        services: webService(
          {},
          { loadBalancer: { healthCheck: { path: "/", intervalSeconds: 10, timeoutSeconds: 10 } } },
        ),
      }),
      ["services.web.containers.web.loadBalancer.healthCheck.timeoutSeconds"],
    ],
    ["fargate-size", rawConfig({ services: webService({ cpu: 1024, memory: 1024 }) }), ["services.web.cpu"]],
    [
      "containers-fit-task",
      rawConfig({ services: webService({ cpu: 256, memory: 512 }, { cpu: 512, memory: 1024 }) }),
      ["services.web.containers", "services.web.containers.web.memory"],
    ],
    [
      "one-essential-container",
      rawConfig({ services: webService({}, { essential: false }) }),
      ["services.web.containers"],
    ],
    [
      "ports-differ-in-task",
      rawConfig({ services: { web: { containers: { web: { image, port: 80 }, side: { image, port: 80 } } } } }),
      ["services.web.containers.side.port"],
    ],
    [
      "variables-once",
      rawConfig({ services: webService({}, { environment: { A: 1 }, secrets: { A: { parameter: "/a" } } }) }),
      ["services.web.containers.web.environment.A"],
    ],
    [
      "scaling-range",
      rawConfig({ services: webService({ autoscaling: { min: 5, max: 2, cpuTarget: 60 } }) }),
      ["services.web.autoscaling.min"],
    ],
    [
      "scaling-target",
      rawConfig({ services: webService({ autoscaling: { min: 1, max: 2 } }) }),
      ["services.web.autoscaling"],
    ],
    [
      "room-to-deploy",
      rawConfig({ services: webService({ deployment: { maximumPercent: 100, minimumHealthyPercent: 100 } }) }),
      ["services.web.deployment.maximumPercent"],
    ],
    [
      "datapoints-in-window",
      rawConfig({ alarms: alarm({ evaluationPeriods: 2, datapointsToAlarm: 3 }) }),
      ["alarms.rules[0].datapointsToAlarm"],
    ],
    [
      "window-not-too-long",
      rawConfig({ alarms: alarm({ evaluationPeriods: 1440, periodSeconds: 120 }) }),
      ["alarms.rules[0].evaluationPeriods"],
    ],
    ["percent-of-hundred", rawConfig({ alarms: alarm({ threshold: 101 }) }), ["alarms.rules[0].threshold"]],
    [
      "something-to-watch",
      rawConfig({ database: undefined, alarms: alarm({ rule: "database-cpu" }) }),
      ["alarms.rules[0].rule"],
    ],
    [
      "alarm-names-differ",
      rawConfig({
        services: webService({ release: { strategy: "canary" } }),
        alarms: alarm({ rule: "error-rate", name: "errors" }),
      }),
      ["alarms.rules"],
    ],
  ];
  for (const [id, config, paths] of crossed) {
    it(`finds what ${id} is about at ${paths.join(" and ")}`, () => {
      const check = crossChecks.filter((candidate) => candidate.id === id);
      const found = faultsOf(config).map(({ path }) => path);
      expect(check).to.have.length(1);
      expect([...new Set(found)]).to.deep.equal(paths.map((path) => `slipway:${path}`));
    });
  }

  it("lets the containers of one service, and a single service or secret, go without a name of their own", () => {
    const naming = { service: "{stack}", family: "{stack}", logGroup: "/ecs/{stack}", secret: "{stack}" };
    const side = { ...worker, containers: { job: { image }, side: { image, essential: false } } };
    expect(
      faultsOf(rawConfig({ naming, database: undefined, secrets: { license: {} }, services: { side } })),
    ).to.deep.equal([]);
  });

  it("names both that would have one name, and the word that tells them apart", () => {
    expect(faultsOf(rawConfig({ naming: { logGroup: "/ecs/{stack}" }, services: two }))).to.deep.equal([
      {
        path: "slipway:naming.logGroup",
        found: 'text "/ecs/{stack}", which names both `mail` and `jobs` "/ecs/{stack}"',
        allowed: "a template that gives the service a name of its own",
        remedy: "Add {service} to the template.",
      },
    ]);
  });

  it("has an example for every rule between values", () => {
    const shown = new Set(crossed.map(([id]) => id));
    expect(crossChecks.map(({ id }) => id).filter((id) => !shown.has(id))).to.deep.equal([]);
  });
});
