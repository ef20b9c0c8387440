import { expect } from "chai";
import { seedsOf } from "../../../sandbox/session/seeds";
import { adopted, reference } from "../../infra/config/crossed-sharing";
import { stackConfig } from "../../_helpers/stack-config";

const registry = "686831565523.dkr.ecr.eu-central-1.amazonaws.com";
const secret = "arn:aws:secretsmanager:eu-central-1:686831565523:secret:mail-AbCdEf";

const services = (...containers: readonly object[]) => ({
  services: Object.fromEntries(
    containers.map((container, index) => [
      `worker${index}`,
      { containers: { app: { image: { repository: "docker.io/app" }, ...container } } },
    ]),
  ),
});

describe("seeds of a configuration", () => {
  it("are nothing when it refers to nothing", () => {
    expect(seedsOf(stackConfig(), "eu-central-1")).to.deep.equal({
      account: "686831565523",
      region: "eu-central-1",
      certificates: [],
      networks: [],
      images: [],
      secrets: [],
      zones: [],
      securityGroups: [],
      parameters: [],
    });
  });

  it("are the zone of a name that two environments share, and what they need of a database that is another's", () => {
    const config = stackConfig({
      network: adopted,
      database: { ...reference, secretArn: secret },
      dns: { zoneId: "Z1", name: "www.shop.example", colour: "green", peer: "blue" },
    });

    const { zones, securityGroups, secrets } = seedsOf(config, "eu-central-1");

    expect({ zones, securityGroups, secrets }).to.deep.equal({
      zones: [{ id: "Z1", name: "shop.example" }],
      securityGroups: [{ id: "sg-1", vpcId: "vpc-1" }],
      secrets: [{ id: secret, keys: ["host", "port", "database", "username", "password"] }],
    });
  });

  it("are the images of the account's own registry, each once, and none of other registries", () => {
    const image = { image: { repository: `${registry}/team/app`, tag: "b1" } };
    const config = stackConfig(
      services(
        image,
        image,
        { image: { repository: `${registry}/team/app` } },
        { image: { repository: "686831565523.dkr.ecr.us-east-1.amazonaws.com/app", tag: "b1" } },
        { image: { repository: "709825985650.dkr.ecr.eu-central-1.amazonaws.com/app", tag: "b1" } },
      ),
    );

    expect(seedsOf(config, "eu-central-1").images).to.deep.equal([
      { region: "eu-central-1", repository: "team/app", tag: "b1" },
      { region: "eu-central-1", repository: "team/app", tag: "latest" },
      { region: "us-east-1", repository: "app", tag: "b1" },
    ]);
  });

  it("are secrets by ARN with all the fields that are read of them, and parameters, but none of another account", () => {
    const config = stackConfig(
      services(
        { secrets: { USER: { secret, key: "user" }, WHOLE: { secret } } },
        { secrets: { PASSWORD: { secret, key: "password" }, LEVEL: { parameter: "/shop/level" } } },
        {
          secrets: {
            OTHER: { secret: secret.replace("686831565523", "709825985650") },
            FAR: { parameter: "arn:aws:ssm:us-east-1:686831565523:parameter/level" },
          },
        },
      ),
    );

    const { secrets, parameters } = seedsOf(config, "eu-central-1");
    expect({ secrets, parameters }).to.deep.equal({
      secrets: [{ id: secret, keys: ["user", "password"] }],
      parameters: ["/shop/level"],
    });
  });

  it("are no secrets that the program makes itself", () => {
    const config = stackConfig({
      ...services({ secrets: { KEY: { secret: "license" } } }),
      secrets: { license: {} },
    });

    expect(seedsOf(config, "eu-central-1").secrets).to.deep.equal([]);
  });
});
