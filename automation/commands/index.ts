import type { Command } from "./command";
import { cancelCommand } from "./cancel";
import { configSchemaCommand } from "./config-schema";
import { configValidateCommand } from "./config-validate";
import { deployCommand } from "./deploy";
import { destroyCommand } from "./destroy";
import { driftCommand } from "./drift";
import { fleetCheckCommand } from "./fleet-check";
import { fleetReleaseCommand } from "./fleet-release";
import { fleetResumeCommand } from "./fleet-resume";
import { fleetRollbackCommand } from "./fleet-rollback";
import { fleetStatusCommand } from "./fleet-status";
import { gateCommand } from "./gate";
import { historyCommand } from "./history";
import { outputsCommand } from "./outputs";
import { previewCommand } from "./preview";
import { refreshCommand } from "./refresh";
import { releaseCommand } from "./release";
import { releaseAbortCommand } from "./release-abort";
import { releaseContinueCommand } from "./release-continue";
import { releaseHistoryCommand } from "./release-history";
import { releaseMetricsCommand } from "./release-metrics";
import { releaseResumeCommand } from "./release-resume";
import { releaseStatusCommand } from "./release-status";
import { releaseWatchCommand } from "./release-watch";
import { restartCommand } from "./restart";
import { rollbackCommand } from "./rollback";
import { rollbackPointsCleanupCommand } from "./rollback-points-cleanup";
import { rollbackPointsListCommand } from "./rollback-points-list";
import { switchCommand } from "./switch";
import { unlockCommand } from "./unlock";
import { upCommand } from "./up";

/** Everything an operator can type. Help, parsing, exit codes and documents come from this list. */
export const commands: readonly Command[] = [
  configValidateCommand,
  configSchemaCommand,
  previewCommand,
  gateCommand,
  upCommand,
  refreshCommand,
  driftCommand,
  destroyCommand,
  outputsCommand,
  deployCommand,
  releaseCommand,
  releaseStatusCommand,
  releaseHistoryCommand,
  releaseMetricsCommand,
  releaseResumeCommand,
  releaseAbortCommand,
  releaseContinueCommand,
  releaseWatchCommand,
  rollbackCommand,
  rollbackPointsListCommand,
  rollbackPointsCleanupCommand,
  restartCommand,
  switchCommand,
  fleetReleaseCommand,
  fleetStatusCommand,
  fleetCheckCommand,
  fleetResumeCommand,
  fleetRollbackCommand,
  historyCommand,
  unlockCommand,
  cancelCommand,
];

/** First words that are no commands themselves. */
export const groups: Readonly<Record<string, string>> = {
  config: "Check and describe the configuration",
  release: "Put new versions into use",
  fleet: "Components on EC2 instances",
  "rollback-points": "States that worked, to go back to",
};
