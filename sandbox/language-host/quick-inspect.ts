import util from "node:util";

/**
 * Loaded into every program before the SDK. The SDK shows an uncaught error by `util.inspect(error, { colors: true })`,
 * and Node 20.20 marks packages in a coloured stack: in a line such as `.../node_modules/@pulumi/resource.ts:1:2`, where
 * nothing follows the scope but a file, it does not find the end of the package's name and goes round until the text is
 * longer than a string can be (10 s of work, then a RangeError, after which the SDK goes on without colours). The SDK's
 * source maps give such lines for every error of a program. Without colours from the start, an error is there at once.
 */
const endlessLine = /[\\/]node_modules[\\/]@[^\\/]+[\\/][^\\/]*$/m;

const inspect = util.inspect;

const withoutEndlessColours = (value: unknown, ...rest: readonly unknown[]): string => {
  const isEndless = value instanceof Error && endlessLine.test(String(value.stack));
  return isEndless ? inspect(value) : (inspect as (...all: readonly unknown[]) => string)(value, ...rest);
};

Object.assign(util, { inspect: Object.assign(withoutEndlessColours, inspect) });
