import { rawConfig, type Values } from "../../_helpers/raw-config";
import type { Crossed } from "./crossed-releases";

/** Another environment's database. */
export const reference: Values = {
  mode: "reference",
  instanceId: "shop-db",
  host: "shop-db.c9akciq32rgv.eu-central-1.rds.amazonaws.com",
  name: "shop",
  secretArn: "arn:aws:secretsmanager:eu-central-1:686831565523:secret:shop-AbCdEf",
  securityGroupId: "sg-1",
};
/** The VPC that this database is in. */
export const adopted: Values = { mode: "adopt", vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"] };
/** One of two environments of a name. */
export const dns: Values = { zoneId: "Z1", name: "www.shop.example", colour: "blue", peer: "green" };

const alarms = { rules: [{ rule: "database-free-storage-percent", threshold: 20 }] };

/** Of every rule about what two environments share. */
export const crossedSharing: readonly Crossed[] = [
  [
    "dns-needs-load-balancer",
    rawConfig({
      dns,
      loadBalancer: undefined,
      services: { web: { containers: { web: { image: { repository: "x" } } } } },
    }),
    ["dns"],
  ],
  ["reference-in-same-network", rawConfig({ database: reference }), ["network.mode"]],
  [
    "storage-share-needs-own-database",
    rawConfig({ database: reference, network: adopted, alarms }),
    ["alarms.rules[0].rule"],
  ],
];
