import { ownDatabase } from "../database";
import { shortestWindowMinutes, windowMinutes, windowsOverlap } from "../../database/rds-windows";
import { fault, type CrossCheck } from "./cross-check";

/** Rules about the times at which RDS works on the database by itself. */
export const windowChecks: readonly CrossCheck[] = [
  {
    id: "window-long-enough",
    why: "RDS refuses backup and maintenance windows of less than half an hour.",
    faults: (config) => {
      const database = ownDatabase(config.database);
      return (["backupWindow", "maintenanceWindow"] as const).flatMap((key) => {
        const window = database?.[key];
        if (window === undefined || windowMinutes(window) >= shortestWindowMinutes) return [];
        return [
          fault(
            ["database", key],
            `a window of ${windowMinutes(window)} minutes`,
            `at least ${shortestWindowMinutes} minutes`,
            "Move its end; a window that ends before it begins goes past midnight.",
          ),
        ];
      });
    },
  },
  {
    id: "windows-apart",
    why: "RDS refuses a backup window that the maintenance window overlaps on any day.",
    faults: (config) => {
      const { backupWindow, maintenanceWindow } = ownDatabase(config.database) ?? {};
      return backupWindow === undefined ||
        maintenanceWindow === undefined ||
        !windowsOverlap(backupWindow, maintenanceWindow)
        ? []
        : [
            fault(
              ["database", "maintenanceWindow"],
              `text "${maintenanceWindow}", into which the daily backups at ${backupWindow} fall`,
              "a window that `backupWindow` does not overlap; both are in UTC",
              "Move one of the two.",
            ),
          ];
    },
  },
];
