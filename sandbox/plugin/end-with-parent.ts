/** How often a plugin looks whether its engine still lives, in ms. */
const checkMs = 2000;

/** The engine ends its plugins by a signal, which needs no code here; an engine that was killed cannot. */
export function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, checkMs).unref();
}
