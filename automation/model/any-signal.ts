/** Fires with the first of several; undefined when there is none. */
export function anySignal(signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined {
  const known = signals.filter((signal) => signal !== undefined);
  return known.length === 0 ? undefined : AbortSignal.any(known);
}
