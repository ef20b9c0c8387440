import { join } from "node:path";
import { binaryName } from "./engine-cache";
import type { CommandEnd, EngineHost } from "./engine-host";
import { pinnedVersion } from "./engine-version";

type Env = Readonly<Record<string, string | undefined>>;

/** Where an engine can be fetched from, into an empty folder in which it becomes `bin/pulumi`. */
export interface EngineSource {
  readonly name: "download" | "build";
  /** Said before it is tried. */
  readonly announcement: string;
  /** Why it did not work, or undefined when it did. */
  fetch(request: {
    readonly host: EngineHost;
    readonly env: Env;
    readonly root: string;
    readonly into: string;
  }): Promise<string | undefined>;
}

/** Being without a network is normal; a slow line gets this long for about 150 MB. */
const downloadSeconds = 120;
/** An answer from the download site takes well under a second; nothing is waited for that does not come. */
const reachSeconds = 5;
/** A cold build took 190 s on two cores; a slow line and one core need longer. */
const buildSeconds = 1500;

/** Tried in this order: the download also brings the language hosts and takes less time, the build needs only Go and its module proxy. */
export const engineSources: readonly EngineSource[] = [
  {
    name: "download",
    announcement: `Engine: trying the official download of v${pinnedVersion} (given up after ${reachSeconds} s without an answer, ${downloadSeconds} s in all).`,
    async fetch({ host, env, into }) {
      // In a process of its own: the Automation API's installer has no time limit and cannot be stopped.
      const script = installScript(require.resolve("@pulumi/pulumi/automation"), into);
      const end = await host.run({
        command: process.execPath,
        args: ["-e", script],
        env,
        timeoutSeconds: downloadSeconds,
      });
      return failureOf(end);
    },
  },
  {
    name: "build",
    announcement: `Engine: building v${pinnedVersion} from the Go module proxy, once for this user. The first time takes about 190 s on two cores.`,
    async fetch({ host, env, root, into }) {
      const module = join(root, "tools", "engine");
      if ((await host.facts(join(module, "go.mod"))) === undefined) return `${module} is missing`;
      const go = failureOf(await host.run({ command: "go", args: ["version"], env, timeoutSeconds: 30 }));
      if (go !== undefined) return `Go does not run (${go})`;
      const output = join(into, "bin", binaryName(host.platform));
      const end = await host.run({
        command: "go",
        args: buildArgs(output),
        cwd: module,
        env: { ...env, GOWORK: "off" },
        timeoutSeconds: buildSeconds,
      });
      return failureOf(end);
    },
  },
];

/** Without the version in it, the Automation API cannot tell what it talks to. */
export const buildArgs = (output: string): readonly string[] => [
  "build",
  "-ldflags",
  `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pinnedVersion}`,
  "-o",
  output,
  "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
];

const installScript = (automation: string, into: string): string =>
  `fetch("https://get.pulumi.com/install.sh", { method: "HEAD", signal: AbortSignal.timeout(${reachSeconds * 1000}) })
    .then(() => require(${JSON.stringify(automation)}).PulumiCommand.install({
      root: ${JSON.stringify(into)},
      version: ${JSON.stringify(pinnedVersion)},
      skipVersionCheck: true,
    }))
    .catch((error) => { process.stderr.write(String(error.cause?.message ?? error.message)); process.exitCode = 1; });`;

/** The last lines of what a failed command said; undefined when it did not fail. */
function failureOf(end: CommandEnd): string | undefined {
  switch (end.kind) {
    case "not-started":
      return end.reason;
    case "timed-out":
      return `not done after ${end.seconds} s`;
    case "ended": {
      if (end.code === 0) return undefined;
      const said = end.stderr.trim() === "" ? end.stdout.trim() : end.stderr.trim();
      return said === "" ? `exit code ${end.code}` : said.split("\n").slice(-3).join(" ");
    }
  }
}
