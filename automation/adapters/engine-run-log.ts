import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { EngineProgress } from "../ports/engine";
import type { EngineFailure } from "./engine-failure";
import { progressOf } from "./pulumi-events";

export interface RunLog {
  /** Handed to the Automation API. */
  readonly onEvent: (event: EngineEvent) => void;
  readonly events: readonly EngineEvent[];
  diagnostics(): EngineFailure["diagnostics"];
  failed(): readonly string[];
}

/** Gathers the events of one run and passes on what a live view shows; a component's second "finished" is left out. */
export function runLog(secrets: readonly string[], onProgress: ((event: EngineProgress) => void) | undefined): RunLog {
  const events: EngineEvent[] = [];
  const finished = new Set<string>();
  return {
    events,
    onEvent: (event) => {
      events.push(event);
      const progress = progressOf(event, secrets);
      if (progress === undefined) return;
      if (progress.kind === "finished" && finished.has(`${progress.op} ${progress.urn}`)) return;
      if (progress.kind === "finished") finished.add(`${progress.op} ${progress.urn}`);
      onProgress?.(progress);
    },
    diagnostics: () =>
      events.flatMap(({ diagnosticEvent }) =>
        diagnosticEvent?.severity === "error"
          ? [
              {
                message: diagnosticEvent.message,
                ...(diagnosticEvent.urn === undefined ? {} : { urn: diagnosticEvent.urn }),
              },
            ]
          : [],
      ),
    failed: () => events.flatMap(({ resOpFailedEvent }) => resOpFailedEvent?.metadata.urn ?? []),
  };
}
