/**
 * Does `work` for everybody who asks, without doing it twice for those who ask at the same time. Who asks while it is
 * going on gets the next round: the one that is going on may have begun before what he wants to be seen.
 */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    const round = work().finally(() => {
      if (running === round) running = undefined;
    });
    running = round;
    return round;
  };
  return () => {
    if (!running) return start();
    next ??= running
      .catch(() => undefined) // its callers have been told
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
}
