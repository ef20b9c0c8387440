/** `2019-10-02T17:04:40.985+0000`, as in reasons and notifications. */
export const timestamp = (at: Date): string => at.toISOString().replace("Z", "+0000");

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** `Friday 22 July, 2022 15:57:45 UTC`, as in the reasons of composite alarms. */
export function longTimestamp(at: Date): string {
  const date = `${String(at.getUTCDate()).padStart(2, "0")} ${months[at.getUTCMonth()]}, ${at.getUTCFullYear()}`;
  return `${days[at.getUTCDay()]} ${date} ${at.toISOString().slice(11, 19)} UTC`;
}
