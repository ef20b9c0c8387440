import { expect } from "chai";
import type { Stack } from "@pulumi/pulumi/automation";
import { releaseEngine } from "../../../automation/adapters/pulumi-releases";
import type { ExportedResource } from "../../../automation/adapters/pulumi-state";
import type { StackRunner } from "../../../automation/adapters/stack-runner";
import type { Change } from "../../../automation/model/change";
import { aChange } from "../../_helpers/a-change";
import { secretOf } from "../../_helpers/secret-of";

const types = {
  service: "aws:ecs/service:Service",
  group: "aws:lb/targetGroup:TargetGroup",
  listener: "aws:lb/listener:Listener",
  rule: "aws:lb/listenerRule:ListenerRule",
  task: "aws:ecs/taskDefinition:TaskDefinition",
} as const;

const urn = (type: string, name: string): string => `urn:pulumi:staging::slipway::${type}::${name}`;
const resource = (type: string, name: string, more: Partial<ExportedResource> = {}): ExportedResource => ({
  urn: urn(type, name),
  type,
  custom: true,
  id: `arn:${name}`,
  ...more,
});
const groupOf = (service: string, name: string): ExportedResource =>
  resource(types.group, name, { inputs: { tags: { Service: service } } });
const forwardingTo = (...groups: readonly string[]) => ({
  outputs: { actions: [{ forward: { targetGroups: groups.map((name) => ({ arn: `arn:${name}`, weight: 50 })) } }] },
});

/** A shop with two services of two slots, each behind a rule, and a listener that is `web`'s. */
const resources: readonly ExportedResource[] = [
  ...["web-service", "web-service-green", "api-service", "api-service-green"].map((name) =>
    resource(types.service, name),
  ),
  resource(types.task, "web-task"),
  groupOf("web", "web-blue"),
  groupOf("web", "web-green"),
  groupOf("api", "api-blue"),
  groupOf("api", "api-green"),
  resource(types.listener, "http", forwardingTo("web-blue", "web-green")),
  resource(types.rule, "web-rule", forwardingTo("web-blue", "web-green")),
  resource(types.rule, "api-rule", forwardingTo("api-blue", "api-green")),
];

const unused = (): never => {
  throw new Error("nothing is previewed here");
};

/** The runs of a release, on a runner that has these parts. */
const engineOn = (parts: Pick<StackRunner, "run" | "exported">) =>
  releaseEngine({
    stack: "staging",
    project: "slipway",
    runnerWith: () => ({ ...parts, outputs: unused, state: unused, cancel: unused }),
    preview: unused,
    discardPlan: unused,
  });

interface Refreshed {
  readonly previewOnly: boolean;
  readonly names: readonly string[];
}

/** The runs of the engine that taking over leads to, where these differences are found. */
async function synced(
  found: readonly Change[],
  services = ["web"],
  state: readonly ExportedResource[] | null = resources,
) {
  const runs: Refreshed[] = [];
  const refresh = async (asked: { readonly target: readonly string[]; readonly previewOnly: boolean }): Promise<void> =>
    void runs.push({
      previewOnly: asked.previewOnly,
      names: asked.target.map((one) => one.split("::").at(-1) ?? "").sort(),
    });
  const engine = engineOn({
    async run(_operation, _options, act) {
      await act({ refresh } as unknown as Stack, { onEvent: () => undefined, color: "never" });
      return { changes: found, changedOutputs: [], durationMs: 1 };
    },
    exported: async () => (state === null ? null : { resources: state }),
  });
  await engine.syncReleases({ services });
  return runs;
}

const changed = (type: string, name: string, diffs: readonly string[]): Change =>
  aChange({ type, op: "update", name, urn: urn(type, name), diffs: [...diffs] });
const everythingOfWeb = ["http", "web-rule", "web-service", "web-service-green"];

describe("what the stack takes over at the end of a release", () => {
  it("is looked for in the ECS services and in what forwards to the service's groups, and nowhere else", async () => {
    expect(await synced([])).to.deep.equal([{ previewOnly: true, names: everythingOfWeb }]);
    expect((await synced([], ["api"])).map(({ names }) => names)).to.deep.equal([
      ["api-rule", "api-service", "api-service-green"],
    ]);
  });

  it("is counts and weights, and no other difference, which is left to drift", async () => {
    const found = [
      changed(types.service, "web-service-green", ["desiredCount"]),
      changed(types.listener, "http", ["defaultActions"]),
      changed(types.rule, "web-rule", ["actions", "conditions"]),
      changed(types.service, "web-service", ["desiredCount", "taskDefinition"]),
    ];
    expect(await synced(found)).to.deep.equal([
      { previewOnly: true, names: everythingOfWeb },
      { previewOnly: false, names: ["http", "web-service-green"] },
    ]);
  });

  it("is nothing that is gone, and nothing of another type", async () => {
    const found = [
      aChange({ type: types.rule, op: "delete", name: "web-rule", urn: urn(types.rule, "web-rule") }),
      changed(types.group, "web-blue", ["actions"]),
    ];
    expect(await synced(found)).to.have.lengthOf(1);
  });

  it("is looked for nowhere where the stack has nothing, for then the engine would look everywhere", async () => {
    expect(await synced([], ["web"], null)).to.deep.equal([]);
    expect(await synced([], ["worker"])).to.deep.equal([]);
  });
});

/** How often the state is asked for, and whether with secrets in the clear, by a run that puts an image into a slot. */
async function exportsOf(containerDefinitions: unknown): Promise<readonly boolean[]> {
  const asked: boolean[] = [];
  const engine = engineOn({
    run: async () => ({ changes: [], changedOutputs: [], durationMs: 1 }),
    async exported({ secrets = false } = {}) {
      asked.push(secrets);
      return { resources: [resource(types.task, "web-task", { inputs: { containerDefinitions } })] };
    },
  });
  await engine.applyImages({ releases: {}, slots: [{ service: "web", slot: "blue" }] });
  await new Promise(setImmediate);
  return asked;
}

describe("the state that the gate of a release compares with", () => {
  it("is read without its secrets, which nobody compares", async () => {
    expect(await exportsOf("[]")).to.deep.equal([false]);
  });

  it("is read with them when one is in what it compares", async () => {
    expect(await exportsOf(secretOf("v1:abc"))).to.deep.equal([false, true]);
  });
});
