/** Told what is done, one line at a time. */
export type Say = (line: string) => void;

/** To standard error: standard output belongs to the command's own answer. */
export const sayOnStderr: Say = (line) => void process.stderr.write(`sandbox: ${line}\n`);

/** Does something slow, and tells it before and, with the time it took, after. */
export async function timed<T>(say: Say, what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  say(`${what} ...`);
  const result = await work();
  say(`${what}: done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}
