import type { EnvironmentChange } from "./environment";

/** Lines for `eval "$(slipway sandbox env <stack>)"` in any POSIX shell. */
export const shellExports = (change: EnvironmentChange): string =>
  Object.entries(change)
    .map(([name, value]) =>
      value === undefined ? `unset ${name}` : `export ${name}='${value.replace(/'/g, `'\\''`)}'`,
    )
    .join("\n");
