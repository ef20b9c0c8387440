/** Of a long while only the end is filled. */
const most = 60;

/** The moments since the last one, a period apart, the last of them now; one at least. All in milliseconds. */
export function missedMoments(last: number, now: number, periodMs: number): readonly Date[] {
  const count = Math.min(most, Math.max(1, Math.round((now - last) / periodMs)));
  return Array.from({ length: count }, (_, index) => new Date(now - (count - 1 - index) * periodMs));
}
