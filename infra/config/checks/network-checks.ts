import { ownDatabase } from "../database";
import { subnetFaults } from "../../network/subnet-faults";
import type { Fault, Path } from "../fault";
import type { StackConfig } from "../schema";
import { containersOf, fault, type CrossCheck } from "./cross-check";

/** What a task cannot start without when there is no way to the internet; secrets only where a container has some. */
const neededEndpoints = ["ecr.api", "ecr.dkr", "logs"] as const;

/** Rules about accounts, blocks, zones and the way out. */
export const networkChecks: readonly CrossCheck[] = [
  {
    id: "account-not-forbidden",
    why: "An account that is both the only one allowed and forbidden can never be deployed to.",
    faults: ({ account: { id, forbidden } }) =>
      forbidden.flatMap((account, index) =>
        account === id
          ? [
              fault(
                ["account", "forbidden", index],
                `the environment's own account ${id}`,
                "other accounts",
                "Remove it here, or correct `account.id`.",
              ),
            ]
          : [],
      ),
  },
  {
    id: "zones-for-balancer-and-database",
    why: "AWS makes a load balancer and a database subnet group in two or more zones only.",
    faults: (config) => zoneFaults(config),
  },
  {
    id: "subnet-blocks",
    why: "AWS refuses subnets that overlap, lie outside the VPC or have an impossible size, and it does so one by one.",
    faults: ({ network }) =>
      network.mode === "adopt"
        ? []
        : subnetFaults(network.cidr, network.zones, network.subnets).map(({ at, message, remedy }) =>
            fault(
              ["network", ...stepsOf(at)],
              message,
              "blocks of /16 to /28 inside the VPC, one a zone in each tier, none twice",
              remedy,
            ),
          ),
  },
  {
    id: "way-to-the-registry",
    why: "Tasks in private subnets without a NAT gateway reach the registry, the logs and the secrets by endpoints or not at all.",
    faults: (config) => missingEndpoints(config),
  },
];

function zoneFaults({ network, loadBalancer, database }: StackConfig): readonly Fault[] {
  const needs = [
    ...(loadBalancer === undefined
      ? []
      : [{ what: "load balancer", tier: loadBalancer.scheme === "internal" ? "private" : "public" } as const]),
    ...(ownDatabase(database) === undefined ? [] : [{ what: "database", tier: "database" } as const]),
  ];
  if (network.mode === "create") {
    const reason = needs.map(({ what }) => `a ${what}`).join(" and ");
    if (network.zones >= 2 || needs.length === 0) return [];
    return [
      fault(
        ["network", "zones"],
        `number ${network.zones}`,
        `a whole number from 2 to 6, because there is ${reason}`,
        "Use at least 2 zones.",
      ),
    ];
  }
  const ids = {
    public: network.publicSubnetIds,
    private: network.privateSubnetIds,
    database: network.databaseSubnetIds ?? network.privateSubnetIds,
  };
  return needs
    .filter(({ tier }) => ids[tier].length < 2)
    .map(({ what, tier }) =>
      fault(
        ["network", `${tier}SubnetIds`],
        `a list of ${ids[tier].length}`,
        `at least 2 subnets in different zones, because there is a ${what}`,
        "Add a subnet of another zone.",
      ),
    );
}

function missingEndpoints(config: StackConfig): readonly Fault[] {
  const { network } = config;
  const containers = containersOf(config);
  if (network.mode === "adopt" || network.nat !== "none" || containers.length === 0) return [];
  const references = containers.flatMap(({ container }) => Object.values(container.secrets));
  const needed = [
    ...neededEndpoints,
    ...(references.some((reference) => "secret" in reference) ? (["secretsmanager"] as const) : []),
    ...(references.some((reference) => "parameter" in reference) ? (["ssm"] as const) : []),
  ].filter((endpoint) => !network.endpoints.includes(endpoint));
  const missing = [...needed, ...(network.s3Endpoint ? [] : ["s3"])];
  if (missing.length === 0) return [];
  return [
    fault(
      ["network", "nat"],
      `text "none", without a way to ${missing.join(", ")}`,
      "one of single, perZone; or none with the endpoints that tasks need",
      `Add to \`network.endpoints\`: ${needed.join(", ")}${network.s3Endpoint ? "" : "; and switch `network.s3Endpoint` on"}.`,
    ),
  ];
}

/** `subnets.private[1]` as steps. */
const stepsOf = (at: string): Path =>
  at
    .split(/[.[\]]/)
    .filter((step) => step !== "")
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
