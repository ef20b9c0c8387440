import { defineCommand } from "../../automation/commands/command";
import { exitCodes, usageError } from "../../automation/model/errors";
import { parseDuration } from "../duration";
import { here } from "./here";

/** More than one process of Node can send. */
const mostRps = 20_000;

/** Without a terminal: a line this often, in seconds. */
const plainLineSeconds = 10;

export const loadCommand = defineCommand({
  name: "sandbox load",
  summary: "Send requests to a stack's load balancer on schedule; exit code 5 when some fail",
  effect: "read",
  needs: "nothing",
  options: {
    stack: {
      type: "string",
      positional: true,
      demandOption: true,
      describe: "Environment: the name in Pulumi.<stack>.yaml",
    },
    rps: { type: "number", default: 50, describe: "Requests a second" },
    duration: { type: "string", default: "30s", describe: "How long: 30s, 2m, 500ms" },
    path: {
      type: "string",
      array: true,
      nargs: 1,
      describe: "Path, several in turns; one of each service when left out",
    },
    host: { type: "string", describe: "Host header; what the service asks for when left out" },
    header: {
      type: "string",
      array: true,
      nargs: 1,
      default: [] as string[],
      describe: '"Name: value", may be given again',
    },
    connections: { type: "number", default: 64, describe: "Connections at most" },
    timeout: { type: "string", default: "15s", describe: "A request without its whole answer after this has failed" },
    listener: { type: "number", describe: "Port of the listener; 443 where there is one when left out" },
    "load-balancer": { type: "string", describe: "Its name; that of the stack when left out" },
  },
  async run({ output }, values) {
    const durationMs = parseDuration(values.duration, "--duration");
    const timeoutMs = parseDuration(values.timeout, "--timeout");
    if (durationMs === 0 || timeoutMs === 0) throw usageError("--duration and --timeout must be above 0.");
    const { rps, connections } = values;
    if (!(rps > 0 && rps <= mostRps))
      throw usageError(`--rps is \`${rps}\`: it must be above 0 and at most ${mostRps}.`);
    if (!Number.isInteger(connections) || connections < 1)
      throw usageError(`--connections is \`${connections}\`: it must be a whole number from 1.`);

    const { openLoad } = await import("../load/open-load");
    const { loadPorts } = await import("../load/sockets");
    const { runLoad } = await import("../load/run-load");
    const { describeLoad, describeSecond } = await import("../load/describe");
    const { liveLine, plainLine } = await import("../load/live-line");

    const { TaskGroups } = await import("../load/task-groups");
    const { watchSnapshots } = await import("../page/watch-snapshots");
    const { liveRecord } = await import("../session/start");

    const { address, targets, endpoint } = await openLoad(here(), { ...values, loadBalancer: values["load-balancer"] });
    const ports = loadPorts({ connections, timeoutMs });
    const line = output.interactive
      ? liveLine(process.stderr)
      : plainLine((text) => output.say(text), plainLineSeconds);
    const stop = new AbortController();
    const watching = new AbortController();
    const groups = new TaskGroups();
    await watchSnapshots(endpoint, (snapshot) => groups.learn(snapshot), watching.signal);
    const onInterrupt = (): void => stop.abort();
    process.once("SIGINT", onInterrupt);
    try {
      const report = await runLoad(
        { targets, rps, durationMs },
        {
          ...ports,
          groupOf: (task) => groups.of(task),
          onSecond: (second, inFlight) => line.show(describeSecond(second, inFlight)),
          stop: stop.signal,
        },
      );
      line.end();
      const paths = targets.map(({ path }) => path);
      const isThere = report.failed === 0 || (await liveRecord(here())) !== undefined;
      return {
        summary: [
          `${address} ${paths.join(" ")}`,
          describeLoad(report),
          ...(isThere ? [] : ["  warning   the sandbox has ended meanwhile: `slipway sandbox status`"]),
        ].join("\n"),
        data: { address, paths, connections, ...report },
        exitCode: report.failed === 0 ? exitCodes.done : exitCodes.unhealthy,
      };
    } finally {
      process.off("SIGINT", onInterrupt);
      watching.abort();
      ports.close();
    }
  },
});
