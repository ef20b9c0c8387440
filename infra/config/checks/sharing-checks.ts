import { fault, type CrossCheck } from "./cross-check";

/** Rules about what two environments share: a name, and a database. */
export const sharingChecks: readonly CrossCheck[] = [
  {
    id: "dns-needs-load-balancer",
    why: "The name of two environments points at their load balancers.",
    faults: ({ dns, loadBalancer }) =>
      dns === undefined || loadBalancer !== undefined
        ? []
        : [
            fault(
              ["dns"],
              "`slipway:dns` without `slipway:loadBalancer`",
              "both, or neither",
              "Add `slipway:loadBalancer`, or leave `slipway:dns` out.",
            ),
          ],
  },
  {
    id: "reference-in-same-network",
    why: "A security group lets tasks in that are in its own VPC, and a VPC that is made now is another one.",
    faults: ({ database, network }) =>
      database?.mode !== "reference" || network.mode === "adopt"
        ? []
        : [
            fault(
              ["network", "mode"],
              'text "create", with the database of another environment',
              '"adopt", the VPC of the database',
              "Adopt the VPC that the database is in.",
            ),
          ],
  },
  {
    id: "storage-share-needs-own-database",
    why: "Another environment's database has a size that is not known here.",
    faults: ({ database, alarms }) =>
      database?.mode !== "reference"
        ? []
        : alarms.rules.flatMap(({ rule }, index) =>
            rule !== "database-free-storage-percent"
              ? []
              : [
                  fault(
                    ["alarms", "rules", index, "rule"],
                    `text "${rule}", with the database of another environment`,
                    "`database-free-storage`, whose threshold is a size",
                    "Take that one, or leave the alarm to the environment that has the database.",
                  ),
                ],
          ),
  },
];
