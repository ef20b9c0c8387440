import { expect } from "chai";
import { securityRules, type Peer, type RulesInput, type SecurityRule } from "../../../infra/network/security-rules";
import { stackConfig } from "../../_helpers/stack-config";

const image = { repository: "shop" };
const loadBalancer = { healthCheck: { path: "/" } };

/** `api` is published on 8080, `worker` has a port of its own, `store` opens 7000 to the others. */
const { services } = stackConfig({
  services: {
    api: { containers: { web: { image, port: 8080, loadBalancer }, metrics: { image, port: 9100 } } },
    site: { containers: { web: { image, port: 3000, loadBalancer } } },
    worker: { containers: { worker: { image } } },
    store: { serviceToService: true, containers: { store: { image, port: 7000 }, sidecar: { image } } },
  },
});

const nothing: RulesInput = {
  loadBalancer: undefined,
  services: {},
  databasePort: undefined,
  egress: "internet",
  hasS3Endpoint: true,
};

const balancer = (area: Readonly<Record<string, unknown>>) => stackConfig({ loadBalancer: area }).loadBalancer;
const https = { certificateArn: "arn:aws:acm:eu-central-1:686831565523:certificate/1" };

const peerText = (peer: Peer): string => {
  if (peer.kind === "group") return peer.group;
  return peer.kind === "block" ? peer.cidr : peer.kind;
};

const lines = (rules: readonly SecurityRule[]): string[] =>
  rules.map(({ group, direction, port, peer }) =>
    direction === "ingress" ? `${peerText(peer)} -> ${group}:${port}` : `${group} => ${peerText(peer)}:${port}`,
  );

describe("securityRules", () => {
  it("opens the test listener to the VPC alone, or to the blocks that are written down, whoever else may come in", () => {
    const port = (area: object): string[] =>
      lines(
        securityRules({ ...nothing, loadBalancer: balancer({ scheme: "internet-facing", https, ...area }) }),
      ).filter((line) => line.endsWith(":8443"));

    expect(port({ test: { port: 8443 } })).to.deep.equal(["vpc -> loadBalancer:8443"]);
    expect(port({ test: { port: 8443, allowedCidrs: ["192.0.2.0/24", "192.0.2.0/24"] } })).to.deep.equal([
      "192.0.2.0/24 -> loadBalancer:8443",
    ]);
    expect(port({})).to.deep.equal([]);
  });

  it("lets the load balancer reach published ports only, and services each other on the shared ones", () => {
    const input: RulesInput = {
      ...nothing,
      loadBalancer: balancer({ scheme: "internet-facing", https }),
      services,
      databasePort: 5432,
    };

    expect(lines(securityRules(input))).to.deep.equal([
      "internet -> loadBalancer:80",
      "internet -> loadBalancer:443",
      "loadBalancer => services:3000",
      "loadBalancer -> services:3000",
      "loadBalancer => services:8080",
      "loadBalancer -> services:8080",
      "services -> services:7000",
      "services => services:7000",
      "services => internet:443",
      "services -> database:5432",
      "services => database:5432",
    ]);
  });

  it("lets only outgoing HTTPS pass where there is nothing to reach", () => {
    expect(lines(securityRules({ ...nothing, services }))).to.deep.equal([
      "services -> services:7000",
      "services => services:7000",
      "services => internet:443",
    ]);
  });

  const listeners: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    ["HTTP alone", { scheme: "internet-facing", http: "forward" }, ["internet -> loadBalancer:80"]],
    ["HTTPS alone", { scheme: "internet-facing", http: "off", https }, ["internet -> loadBalancer:443"]],
    ["an internal load balancer", { scheme: "internal", https }, ["vpc -> loadBalancer:80", "vpc -> loadBalancer:443"]],
    [
      "allowed addresses, each once",
      { scheme: "internet-facing", http: "off", https, allowedCidrs: ["198.51.100.0/24", "198.51.100.0/24"] },
      ["198.51.100.0/24 -> loadBalancer:443"],
    ],
  ];
  for (const [situation, area, expected] of listeners) {
    it(`opens the listeners for ${situation}`, () => {
      const rules = securityRules({ ...nothing, loadBalancer: balancer(area) });
      expect(lines(rules.filter(({ group }) => group === "loadBalancer"))).to.deep.equal(expected);
    });
  }

  it("keeps tasks without a NAT gateway inside the VPC, but for S3", () => {
    expect(lines(securityRules({ ...nothing, egress: "endpoints" }))).to.deep.equal([
      "services => vpc:443",
      "services => s3:443",
    ]);
    expect(lines(securityRules({ ...nothing, egress: "endpoints", hasS3Endpoint: false }))).to.deep.equal([
      "services => vpc:443",
    ]);
  });

  it("lets nobody in from everywhere but at the listeners of an internet-facing load balancer", () => {
    const rules = securityRules({ ...nothing, loadBalancer: balancer({ scheme: "internet-facing", https }), services });
    const open = rules.filter(({ direction, peer }) => direction === "ingress" && peer.kind === "internet");
    expect([...new Set(open.map(({ group }) => group))]).to.deep.equal(["loadBalancer"]);
  });
});
