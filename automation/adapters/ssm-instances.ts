import { CloudError } from "../model/cloud-error";
import type { Clock } from "../ports/clock";
import type { InstanceAnswer, Instances, InstanceView } from "../ports/instances";
import { clientConfig, lazily, type AwsOptions } from "./aws-clients";
import { calling } from "./cloud-errors";
import { fleetFilters, fleetView, missingViews, versionTag, withVersion } from "./fleet-views";

export interface SsmInstancesOptions extends AwsOptions {
  readonly clock: Clock;
}

/** A check is a short thing; the shortest that SendCommand takes is 30 s. */
const checkSeconds = 60;
/** GetCommandInvocation is asked so often. */
const pollMs = 2_000;
/** An instance whose agent is away takes a command up to an hour later, unless it is told not to. */
const deliverySeconds = 60;
/** Longest part of a command's output that an error shows. */
const mostOutput = 1_000;

/** EC2 instances that Systems Manager reaches; a tag of each remembers the version that it runs. */
export function ssmInstances(options: SsmInstancesOptions): Instances {
  const { clock } = options;
  const ec2 = lazily(async () => {
    const sdk = await import("@aws-sdk/client-ec2");
    return { sdk, client: new sdk.EC2Client(clientConfig(options)) };
  });
  const ssm = lazily(async () => {
    const sdk = await import("@aws-sdk/client-ssm");
    return { sdk, client: new sdk.SSMClient(clientConfig(options)) };
  });

  async function described(component: string, filters: ReturnType<typeof fleetFilters>): Promise<InstanceView[]> {
    const { sdk, client } = await ec2();
    return calling("ec2:DescribeInstances", async () => {
      const all: InstanceView[] = [];
      for await (const { Reservations = [] } of sdk.paginateDescribeInstances({ client }, { Filters: filters }))
        all.push(
          ...Reservations.flatMap(({ Instances: some = [] }) => some).map((found) => fleetView(component, found)),
        );
      return all.sort((a, b) => (a.id < b.id ? -1 : 1));
    });
  }

  async function remember(component: string, instance: string, version: string): Promise<void> {
    const { sdk, client } = await ec2();
    const Tags = [{ Key: versionTag(component), Value: version }];
    await calling("ec2:CreateTags", () => client.send(new sdk.CreateTagsCommand({ Resources: [instance], Tags })));
  }

  async function command(instance: string, commands: readonly string[], seconds: number): Promise<InstanceAnswer> {
    const { sdk, client } = await ssm();
    const sent = await calling("ssm:SendCommand", () =>
      client.send(
        new sdk.SendCommandCommand({
          DocumentName: "AWS-RunShellScript",
          InstanceIds: [instance],
          // `set -e`: without it only the last command counts.
          Parameters: { commands: ["set -e", ...commands], executionTimeout: [String(seconds)] },
          TimeoutSeconds: deliverySeconds,
        }),
      ),
    );
    const CommandId = sent.Command?.CommandId ?? "";
    const end = clock.now().getTime() + (seconds + deliverySeconds) * 1000;
    for (;;) {
      const answer = await invocation(CommandId, instance);
      if (answer !== undefined) return answer;
      if (clock.now().getTime() >= end) return { kind: "failed", text: `no end of the command after ${seconds} s` };
      await clock.sleep(pollMs);
    }
  }

  /** Undefined while it runs; AWS does not know it in the first moment. */
  async function invocation(CommandId: string, InstanceId: string): Promise<InstanceAnswer | undefined> {
    const { sdk, client } = await ssm();
    const ask = calling("ssm:GetCommandInvocation", () =>
      client.send(new sdk.GetCommandInvocationCommand({ CommandId, InstanceId })),
    );
    const found = await ask.catch((error: unknown) => {
      if (error instanceof CloudError && error.code === "InvocationDoesNotExist") return undefined;
      throw error;
    });
    if (found === undefined || running.has(found.Status ?? "Pending")) return undefined;
    if (found.Status === "Success") return { kind: "ok" };
    const output = (found.StandardErrorContent || found.StandardOutputContent || "").trim().slice(-mostOutput);
    const code = found.ResponseCode === undefined || found.ResponseCode < 0 ? "" : `, exit code ${found.ResponseCode}`;
    return {
      kind: "failed",
      text: `${found.StatusDetails ?? found.Status}${code}${output === "" ? "" : `: ${output}`}`,
    };
  }

  async function one(component: string, instance: string): Promise<InstanceView | undefined> {
    return (await described(component, [{ Name: "instance-id", Values: [instance] }]))[0];
  }

  return {
    async describe(component, fleet) {
      const found = await described(component, fleetFilters(fleet));
      return [...found, ...missingViews(fleet, found)];
    },
    currentVersion: async (component, instance) => (await one(component, instance))?.version ?? null,
    async update(component, { update }, instance, version) {
      // Killed in between, nobody may believe the old one.
      await remember(component, instance, "");
      const answer = await command(instance, withVersion(update.commands, version), update.timeoutSeconds);
      if (answer.kind === "ok") await remember(component, instance, version);
      return answer;
    },
    check: (instance, commands, version) => command(instance, withVersion(commands, version), checkSeconds),
    remember,
  };
}

const running: ReadonlySet<string> = new Set(["Pending", "InProgress", "Delayed", "Cancelling"]);
