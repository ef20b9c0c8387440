/** Source: RDS API reference, CreateDBInstance, PreferredBackupWindow and PreferredMaintenanceWindow. */
export const shortestWindowMinutes = 30;

const minutesOfDay = 24 * 60;
const minutesOfWeek = 7 * minutesOfDay;
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Minutes from the beginning of a Monday in UTC; the end may lie past the end of the week. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Length of a window in minutes. One that ends before it begins ends on the next day, or in the next week.
 *
 * @param window `hh:mm-hh:mm` or `ddd:hh:mm-ddd:hh:mm`, as the schema has checked
 */
export function windowMinutes(window: string): number {
  const { start, end } = spanOf(window);
  return end - start;
}

/** True when a daily and a weekly window have a minute in common on any day; windows that only touch have none. */
export function windowsOverlap(daily: string, weekly: string): boolean {
  const first = spanOf(daily);
  const week = spanOf(weekly);
  return days
    .map((_day, index) => ({ start: first.start + index * minutesOfDay, end: first.end + index * minutesOfDay }))
    .some((day) => [-minutesOfWeek, 0, minutesOfWeek].some((shift) => haveCommon(day, week, shift)));
}

const haveCommon = (one: Span, other: Span, shift: number): boolean =>
  one.start < other.end + shift && other.start + shift < one.end;

function spanOf(window: string): Span {
  const [from = "", to = ""] = window.split("-");
  const [start, end] = [minuteOf(from), minuteOf(to)];
  const isWeekly = from.split(":").length === 3;
  return { start, end: end >= start ? end : end + (isWeekly ? minutesOfWeek : minutesOfDay) };
}

function minuteOf(time: string): number {
  const [minute = 0, hour = 0] = time.split(":").slice(-2).map(Number).reverse();
  const day = time.split(":").length === 3 ? days.indexOf(time.slice(0, 3)) : 0;
  return day * minutesOfDay + hour * 60 + minute;
}
