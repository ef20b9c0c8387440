import { expect } from "chai";
import { containerDefinitions, versionOf, type TaskParts } from "../../../infra/service/task-definition";
import { stackConfig } from "../../_helpers/stack-config";

const databaseArn = "arn:aws:secretsmanager:eu-central-1:686831565523:secret:shop/database-AbCdEf";

function parts(containers: Readonly<Record<string, unknown>>): TaskParts {
  const { shop } = stackConfig({ services: { shop: { containers } } }).services;
  if (shop === undefined) throw new Error("no service shop");
  return {
    containers: shop.containers,
    images: { web: "shop/web:v2" },
    region: "eu-central-1",
    accountId: "686831565523",
    secretArns: { database: databaseArn },
    logGroups: { web: "/ecs/shop", proxy: "/ecs/shop" },
    logPrefix: "shop-green",
  };
}

const logConfiguration = {
  logDriver: "awslogs",
  options: {
    "awslogs-group": "/ecs/shop",
    "awslogs-region": "eu-central-1",
    "awslogs-stream-prefix": "shop-green",
  },
};

describe("containerDefinitions", () => {
  it("describes a container with all that it may have", () => {
    const container = {
      image: { repository: "shop/web", tag: "v1" },
      port: 8080,
      essential: false,
      command: ["serve", "--fast"],
      cpu: 128,
      memory: 256,
      environment: { TIER: "gold", COUNT: 3 },
      secrets: { PASSWORD: { secret: "database", key: "password" }, LEVEL: { parameter: "/shop/level" } },
    };

    expect(containerDefinitions(parts({ web: container }))).to.deep.equal([
      {
        name: "web",
        image: "shop/web:v2",
        essential: false,
        command: ["serve", "--fast"],
        cpu: 128,
        memory: 256,
        portMappings: [{ containerPort: 8080, protocol: "tcp" }],
        environment: [
          { name: "COUNT", value: "3" },
          { name: "TIER", value: "gold" },
        ],
        secrets: [
          { name: "LEVEL", valueFrom: "arn:aws:ssm:eu-central-1:686831565523:parameter/shop/level" },
          { name: "PASSWORD", valueFrom: `${databaseArn}:password::` },
        ],
        logConfiguration,
      },
    ]);
  });

  it("leaves out what is not configured, and starts an unreleased container with its configured image", () => {
    expect(containerDefinitions(parts({ proxy: { image: { repository: "envoy", tag: "v1.30" } } }))).to.deep.equal([
      {
        name: "proxy",
        image: "envoy:v1.30",
        essential: true,
        portMappings: [],
        environment: [],
        secrets: [],
        logConfiguration,
      },
    ]);
  });

  it("is the same text whatever the order in the configuration", () => {
    const [web, proxy] = [
      { image: { repository: "a" }, environment: { A: "1", B: "2" } },
      { image: { repository: "b" } },
    ];
    const turned = { ...web, environment: { B: "2", A: "1" } };

    const texts = [
      { web, proxy },
      { proxy, web: turned },
    ].map((some) => JSON.stringify(containerDefinitions(parts(some))));

    expect(texts[0]).to.equal(texts[1]);
  });

  for (const [what, reference, valueFrom] of [
    ["a whole secret", { secret: "database" }, databaseArn],
    ["a secret by its ARN", { secret: `${databaseArn}X`, key: "k" }, `${databaseArn}X:k::`],
    [
      "a parameter by its ARN",
      { parameter: "arn:aws:ssm:eu-west-1:1:parameter/x" },
      "arn:aws:ssm:eu-west-1:1:parameter/x",
    ],
    ["a parameter without a slash", { parameter: "level" }, "arn:aws:ssm:eu-central-1:686831565523:parameter/level"],
  ] as const) {
    it(`refers to ${what} by an ARN`, () => {
      const [web] = containerDefinitions(
        parts({ web: { image: { repository: "shop" }, secrets: { KEY: reference } } }),
      );

      expect(web?.secrets).to.deep.equal([{ name: "KEY", valueFrom }]);
    });
  }

  it("refuses a secret that does not exist", () => {
    const wrong = { web: { image: { repository: "shop" }, secrets: { KEY: { secret: "databse" } } } };

    expect(() => containerDefinitions(parts(wrong))).to.throw('There is no secret "databse".');
  });
});

describe("versionOf", () => {
  for (const [images, version] of [
    [{ web: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:b237404" }, "b237404"],
    [{ web: "localhost:5000/shop" }, "latest"],
    [{ web: "localhost:5000/shop:v1" }, "v1"],
    [{ web: "shop@sha256:0f1e" }, "sha256:0f1e"],
    [{ web: "shop/web:v2", proxy: "envoy:v1", cron: "shop/cron:v2" }, "v2 v1"],
  ] as const) {
    it(`reads ${version} from ${Object.values(images).join(", ")}`, () => {
      expect(versionOf(images)).to.equal(version);
    });
  }
});
