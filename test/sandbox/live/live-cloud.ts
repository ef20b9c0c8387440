import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ECSClient } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient } from "@aws-sdk/client-iam";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Snapshot } from "../../../sandbox/model/snapshot";

/** One account of the running sandbox, by the real clients, and what the sandbox itself is asked. */
export interface LiveCloud {
  readonly account: string;
  readonly region: string;
  readonly ecs: ECSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly ec2: EC2Client;
  readonly iam: IAMClient;
  readonly logs: CloudWatchLogsClient;
  readonly cloudWatch: CloudWatchClient;
  readonly secrets: SecretsManagerClient;
  /** Calls a control endpoint. */
  control(method: "GET" | "POST", name: string, body?: unknown): Promise<Readonly<Record<string, unknown>>>;
  /** The first state of the whole sandbox that is as asked for; it is told of every change. */
  readonly until: (what: string, isSo: (snapshot: Snapshot) => boolean) => Promise<Snapshot>;
  /** What `look` finds, which is asked again after every change of the sandbox until it finds something. */
  eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T>;
  /** Every state from now on, until `stop` is called. */
  readonly watch: (see: (snapshot: Snapshot) => void) => Promise<{ readonly stop: () => void }>;
}

/** Longer than anything takes here on a machine with other work. */
const patienceMs = 120_000;

/** @param endpoint `http://127.0.0.1:<port>` of a running sandbox */
export async function liveCloud(endpoint: string, account: string): Promise<LiveCloud> {
  const region = "eu-central-1";
  const credentials = { accessKeyId: `SANDBOX${account}`, secretAccessKey: "x" };
  const options = { region, endpoint, credentials };
  const control: LiveCloud["control"] = async (method, name, body) => {
    const { epoch } = (await (await fetch(`${endpoint}/_slipway/health`)).json()) as { epoch: string };
    const answer = await fetch(`${endpoint}/_slipway/${name}`, {
      method,
      headers: { "x-slipway-epoch": epoch, connection: "close" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const data = (await answer.json()) as Record<string, unknown>;
    if (!answer.ok) throw new Error(`${method} ${name}: ${JSON.stringify(data)}`);
    return data;
  };
  const watch: LiveCloud["watch"] = async (see) => {
    const end = new AbortController();
    const { body } = await fetch(`${endpoint}/_slipway/events`, { signal: end.signal });
    if (!body) throw new Error("The sandbox sends no events.");
    void readEvents(body, see).catch(() => undefined);
    return { stop: () => end.abort() };
  };
  const until: LiveCloud["until"] = async (what, isSo) =>
    new Promise((resolve, reject) => {
      let last: Snapshot | undefined;
      const late = setTimeout(() => finish(() => reject(new Error(`${what}: not seen. ${brief(last)}`))), patienceMs);
      const watching = watch((snapshot) => {
        last = snapshot;
        if (isSo(snapshot)) finish(() => resolve(snapshot));
      });
      const finish = (end: () => void): void => {
        clearTimeout(late);
        void watching.then(({ stop }) => stop()).then(end, reject);
      };
      watching.catch(reject);
    });
  return {
    account,
    region,
    ecs: new ECSClient(options),
    elb: new ElasticLoadBalancingV2Client(options),
    ec2: new EC2Client(options),
    iam: new IAMClient(options),
    logs: new CloudWatchLogsClient(options),
    cloudWatch: new CloudWatchClient(options),
    secrets: new SecretsManagerClient(options),
    control,
    watch,
    until,
    async eventually(what, look) {
      for (const end = performance.now() + patienceMs; performance.now() < end;) {
        const found = await look();
        if (found !== undefined) return found;
        const { at } = (await control("GET", "snapshot")) as { at: string };
        await until(what, (state) => state.at > at);
      }
      throw new Error(`${what}: not seen.`);
    },
  };
}

/** What is worth knowing when a test has waited in vain: one line each. */
function brief(snapshot: Snapshot | undefined): string {
  if (!snapshot) return "No state was told at all.";
  const { at, services, tasks, alarms, rules, faults } = snapshot;
  return [
    `At ${at}:`,
    ...services.map(({ name, desired, running, pending, deployments, events: [newest] }) => {
      const parts = deployments.map((each) => `${each.status} ${each.rolloutState} ${each.taskDefinition}`).join(", ");
      return `${name} ${running}+${pending} of ${desired}; ${parts}; ${newest?.at} ${newest?.message}`;
    }),
    ...tasks.map(({ service, id, version, status, health, targets }) => {
      const parts = targets.map(({ state, reason = "" }) => `${state} ${reason}`.trim()).join(", ");
      return `${service} ${id} ${version} ${status} ${health}; targets ${parts}`;
    }),
    ...rules.map(({ port, priority, weights }) => `rule ${port}/${priority} ${JSON.stringify(weights)}`),
    ...alarms.filter(({ state }) => state !== "OK").map(({ name, state, reason }) => `${state} ${name} ${reason}`),
    `faults: ${faults.join(", ") || "none"}`,
  ].join("\n");
}

/** Server-sent events: blocks of lines, of which `data:` holds the state. */
async function readEvents(body: ReadableStream<Uint8Array>, see: (snapshot: Snapshot) => void): Promise<void> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = block
        .split("\n")
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice(5).trim())
        .join("");
      if (data !== "") see(JSON.parse(data) as Snapshot);
    }
  }
}
