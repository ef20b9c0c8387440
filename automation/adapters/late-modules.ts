/**
 * Imported before the SDK. At its start it loads TypeScript and npm's dependency resolver, for programs whose functions
 * are sent to a cloud; that is more than half of the time it takes to load, and nobody here sends functions. They are
 * loaded when something of them is first used.
 */
const sdk = "@pulumi/pulumi";

for (const request of [`${sdk}/typescript-shim`, "@npmcli/arborist"]) loadLate(request);

function loadLate(request: string): void {
  const path = pathOf(request);
  // Somebody was earlier, or this SDK has another one.
  if (path === undefined || require.cache[path] !== undefined) return;
  let loaded: Record<PropertyKey, unknown> | undefined;
  const load = (): Record<PropertyKey, unknown> => {
    if (loaded === undefined) {
      Reflect.deleteProperty(require.cache, path);
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- whoever uses it waits for it: there is no later moment
      loaded = require(path) as Record<PropertyKey, unknown>;
    }
    return loaded;
  };
  const exports = new Proxy<Record<PropertyKey, unknown>>(
    {},
    {
      // An ES module is taken as it is, and not copied, which would use all of it.
      get: (_none, key) => (key === "__esModule" && loaded === undefined ? true : load()[key]),
      has: (_none, key) => key in load(),
    },
  );
  require.cache[path] = Object.assign(Object.create(module) as NodeModule, {
    id: path,
    filename: path,
    loaded: true,
    children: [],
    exports,
  });
}

function pathOf(request: string): string | undefined {
  try {
    return require.resolve(request, { paths: [require.resolve(`${sdk}/package.json`)] });
  } catch {
    return undefined;
  }
}
