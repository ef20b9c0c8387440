import { expect } from "chai";
import { defaultTags, expandTemplate, makeNames, physicalStackName } from "../../infra/naming";
import { stackConfig } from "../_helpers/stack-config";
import { recordResources } from "../_helpers/pulumi-mocks";

const messageOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
};

describe("expandTemplate", () => {
  it("fills every placeholder, also one that comes twice", () => {
    expect(expandTemplate("{system}/{environment}/{system}", { system: "shop", environment: "dev" })).to.equal(
      "shop/dev/shop",
    );
  });

  it("does not read a word's own braces as a placeholder", () => {
    expect(expandTemplate("{system}", { system: "{environment}" })).to.equal("{environment}");
  });

  it("names the placeholder that has no word, and those that have", () => {
    expect(messageOf(() => expandTemplate("{system}-{nope}", { system: "shop", stack: "shop-dev" }))).to.equal(
      'Name template "{system}-{nope}": {nope} has no value here; use {system}, {stack}.',
    );
  });

  it("does not take what every object inherits for a word", () => {
    expect(messageOf(() => expandTemplate("{constructor}", {}))).to.match(/\{constructor\} has no value/);
  });
});

describe("physicalStackName", () => {
  const config = stackConfig({ naming: { stack: "{system}-{environment}-{timestamp}" } });

  it("mints the timestamp at the first deployment", () => {
    expect(physicalStackName(config, undefined, "20251119-143022")).to.equal("shop-staging-20251119-143022");
  });

  it("keeps the name that the stack has, even when the template is another today", () => {
    const renamed = stackConfig({ naming: { stack: "{environment}" } });
    const previous = "shop-staging-20251119-143022";

    expect(physicalStackName(renamed, previous, "20260101-000000")).to.equal(previous);
  });
});

describe("makeNames", () => {
  it("gives the documented names by default, and the second slot a suffix", () => {
    const names = makeNames(stackConfig(), "shop-staging");

    expect({
      stack: names.stack,
      cluster: names.cluster,
      database: names.database,
      alarmPrefix: names.alarmPrefix,
      loadBalancer: names.loadBalancer,
      blue: names.service("api", "blue"),
      green: names.service("api", "green"),
      blueFamily: names.family("api", "blue"),
      greenFamily: names.family("api", "green"),
      logGroup: names.logGroup("api", "web"),
      secret: names.secret("database"),
    }).to.deep.equal({
      stack: "shop-staging",
      cluster: "shop-staging-cluster",
      database: "shop-staging-db",
      alarmPrefix: "shop-staging",
      loadBalancer: undefined,
      blue: "shop-staging-api-service",
      green: "shop-staging-api-service-green",
      blueFamily: "shop-staging-api",
      greenFamily: "shop-staging-api-green",
      logGroup: "/ecs/shop-staging/api",
      secret: "shop-staging/database",
    });
  });

  it("fills the templates of the configuration", () => {
    const naming = {
      service: "{service}-service-{environment}",
      logGroup: "/{system}/{service}/{container}",
      loadBalancer: "{system}-alb",
      secret: "{system}-{secret}",
    };
    const names = makeNames(stackConfig({ naming }), "ignored");

    expect([
      names.service("api", "blue"),
      names.logGroup("api", "web"),
      names.loadBalancer,
      names.secret("llm"),
    ]).to.deep.equal(["api-service-staging", "/shop/api/web", "shop-alb", "shop-llm"]);
  });

  const tooLong: readonly (readonly [kind: string, limit: number, what: string])[] = [
    ["cluster", 255, "an ECS cluster"],
    ["database", 63, "an RDS instance"],
    ["loadBalancer", 32, "a load balancer"],
    ["alarm", 128, "an alarm prefix"],
  ];
  for (const [kind, limit, what] of tooLong) {
    it(`takes ${limit} characters for ${kind}, and refuses one more with the template's key and a remedy`, () => {
      const most = "a".repeat(limit);
      makeNames(stackConfig({ naming: { [kind]: most } }), "s");

      expect(messageOf(() => makeNames(stackConfig({ naming: { [kind]: `${most}a` } }), "s"))).to.equal(
        `slipway:naming.${kind}: "${most}a" has ${limit + 1} characters, and ${what} takes ${limit}. ` +
          "Change the template, or shorten slipway:system or slipway:environment.",
      );
    });
  }

  it("counts the suffix of the second slot", () => {
    const names = makeNames(stackConfig({ naming: { service: "a".repeat(250) } }), "s");

    expect(names.service("api", "blue")).to.have.length(250);
    expect(messageOf(() => names.service("api", "green"))).to.match(/has 256 characters/);
  });

  for (const database of ["{stack}-", "{system}--db", "1-{system}", "{system}_db", "Shop"]) {
    it(`refuses "${database}" as an RDS identifier`, () => {
      expect(messageOf(() => makeNames(stackConfig({ naming: { database } }), "shop"))).to.match(
        /^slipway:naming\.database: ".*" is not a name for an RDS instance: lower case letters/,
      );
    });
  }
});

describe("defaultTags", () => {
  it("adds the configuration's tags, which cannot change those of ours", async () => {
    await recordResources({ project: "slipway" });
    const config = stackConfig({ tags: { CostCenter: "shop", ManagedBy: "hand" } });

    expect(defaultTags(config)).to.deep.equal({
      CostCenter: "shop",
      Project: "slipway",
      System: "shop",
      Environment: "staging",
      ManagedBy: "slipway",
    });
  });
});
