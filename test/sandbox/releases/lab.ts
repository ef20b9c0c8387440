import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../../../automation/context";
import { run, sandboxProject, type CliResult, type SandboxProject } from "../../_helpers/sandbox-project";
import { liveCloud, type LiveCloud } from "../live/live-cloud";
import { labContext, type LabPlace } from "./lab-context";
import { shopAccount, shopStack } from "./shop-stack";

/** A deployed shop in a sandbox of its own, and ways to release into it. */
export interface Lab extends Pick<SandboxProject, "folder" | "slipway" | "json"> {
  readonly cloud: LiveCloud;
  /** For a driver in a process of its own. */
  readonly place: LabPlace;
  /** The driver in this process, with real ports; `change` puts others in their place. */
  context(change?: (context: Context) => Partial<Context>): Promise<Context>;
  /** Puts versions of a service into the registry. */
  push(service: string, ...versions: readonly string[]): Promise<void>;
  /** `http://127.0.0.1:<port>` of the entrance. */
  origin(): Promise<string>;
  /** Plain `pulumi`, in the stack's environment. */
  pulumi(...args: readonly string[]): Promise<CliResult>;
  /** What `slipway preview`, plain `pulumi preview` and `slipway drift` end with: three zeros, or whose is not. */
  differences(): Promise<readonly string[]>;
  /** What somebody wants to read when a test has failed: where releases are, and the end of the sandbox's own log. */
  told(): Promise<string>;
  remove(): Promise<void>;
}

export const labStack = "staging";

/** @param edit of the stack file */
export async function openLab(edit: (text: string) => string = (text) => text): Promise<Lab> {
  const project = sandboxProject(() => edit(shopStack));
  const { folder } = project;
  const slipway: Lab["slipway"] = (...args) => project.slipway(...args);
  const json: Lab["json"] = (...args) => project.json(...args);
  await json("up", labStack, "--sandbox", "--yes");
  const { environment } = (await json("sandbox", "env", labStack)) as { environment: Record<string, string> };
  const own = { ...process.env };
  const env = { ...own, ...environment };
  // The clients of AWS read it themselves.
  process.env = { ...env };
  const endpoint = environment["AWS_ENDPOINT_URL"] ?? "";
  const cloud = await liveCloud(endpoint, shopAccount);
  const place = { stack: labStack, folder, endpoint, env };
  const pulumi = (...args: readonly string[]): Promise<CliResult> =>
    run("pulumi", [...args, "-s", labStack], folder, env);
  await steady(cloud);
  return {
    folder,
    slipway,
    json,
    cloud,
    place,
    pulumi,
    async context(change = () => ({})) {
      const context = await labContext(place);
      return { ...context, ...change(context) };
    },
    async push(service, ...versions) {
      for (const version of versions) {
        const { code, stderr } = await slipway(
          "sandbox",
          "image",
          "push",
          `shop-${service}:${version}`,
          "--stack",
          labStack,
        );
        if (code !== 0) throw new Error(stderr);
      }
    },
    async origin() {
      const { ports } = (await cloud.control("GET", "ports")) as {
        ports: readonly { port: number; address: string }[];
      };
      return ports.find(({ port }) => port === 80)?.address ?? "";
    },
    async differences() {
      const preview = await slipway("preview", labStack, "--sandbox", "--expect-no-changes");
      const plain = await pulumi("preview", "--expect-no-changes", "--non-interactive");
      const drift = await slipway("drift", labStack, "--sandbox");
      const told = { preview, "pulumi preview": plain, drift };
      return Object.entries(told).flatMap(([name, { code, stdout, stderr }]) =>
        code === 0 ? [] : [`${name} ended with ${code}\n${stdout}\n${stderr}`],
      );
    },
    async told() {
      const { stdout, stderr } = await slipway("release", "status", labStack, "--sandbox");
      const log = readFileSync(join(folder, ".slipway", "sandbox", "sandbox.log"), "utf8");
      return [stdout, stderr, ...log.split("\n").slice(-40)].join("\n");
    },
    remove() {
      process.env = own;
      return project.remove();
    },
  };
}

/** Everything that the shop begins with is healthy. */
const steady = async (cloud: LiveCloud): Promise<unknown> =>
  cloud.until("a steady shop", ({ services }) =>
    services.every(
      ({ desired, running, deployments }) =>
        running === desired && deployments.every(({ rolloutState }) => rolloutState === "COMPLETED"),
    ),
  );

/** Rewrites a stack file of the lab. */
export const writeStackFile = (lab: Lab, text: string): void =>
  writeFileSync(join(lab.folder, `Pulumi.${labStack}.yaml`), text);
