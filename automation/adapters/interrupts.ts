import type { EventEmitter } from "node:events";
import type { Interrupts } from "../ports/interrupts";

export interface InterruptOptions {
  /** Sends `SIGINT` and `SIGTERM`; the process itself. */
  readonly signals: Pick<EventEmitter, "on" | "off">;
  readonly say: (text: string) => void;
  /** The answer to a question; undefined when there is no terminal to ask at. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/** What an interrupt means, by what has happened before. */
export type InterruptDecision = "stop" | "ask" | "remind" | "nothing";

/** A second interrupt never ends anything by itself: the engine would lose track of what it is making. */
export function decideInterrupt(state: {
  readonly isStopping: boolean;
  readonly isAsking: boolean;
  readonly isTerminating: boolean;
  readonly canAsk: boolean;
}): InterruptDecision {
  if (!state.isStopping) return "stop";
  if (state.isAsking || state.isTerminating) return "nothing";
  return state.canAsk ? "ask" : "remind";
}

/** Turns signals into decisions. Listening for them also keeps them from ending this process before the engine has written its state. */
export function listenForInterrupts({ signals, say, ask }: InterruptOptions): Interrupts {
  const stop = new AbortController();
  const terminate = new AbortController();
  let isAsking = false;

  const confirmTermination = async (question: typeof ask): Promise<void> => {
    isAsking = true;
    try {
      const answer = await question?.("Terminate now? What is being made could be lost track of. (yes/no):");
      if (answer?.trim().toLowerCase() === "yes") terminate.abort();
      else say("Still finishing what is in flight.");
    } finally {
      isAsking = false;
    }
  };
  const onSignal = (): void => {
    switch (
      decideInterrupt({
        isStopping: stop.signal.aborted,
        isAsking,
        isTerminating: terminate.signal.aborted,
        canAsk: ask !== undefined,
      })
    ) {
      case "stop":
        say("Interrupted: finishing what is in flight, nothing new is started.");
        stop.abort();
        return;
      case "ask":
        // A terminal that closes while it is asked is no answer: the run goes on to its end.
        confirmTermination(ask).catch(() => undefined);
        return;
      case "remind":
        say("Already stopping: what is in flight is being finished.");
        return;
      case "nothing":
        return;
    }
  };

  signals.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  return {
    stop: stop.signal,
    terminate: terminate.signal,
    dispose: () => {
      signals.off("SIGINT", onSignal);
      signals.off("SIGTERM", onSignal);
    },
  };
}
