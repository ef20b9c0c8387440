import { expect } from "chai";
import { sandboxProject, type SandboxProject } from "../../_helpers/sandbox-project";
import { shopStack } from "./shop-stack";

interface Part {
  readonly stack: string;
  readonly kind: string;
  readonly outcome: string;
}

const services = ["web", "api", "agent", "worker"] as const;

describe("a deployment of infrastructure and images", function () {
  this.timeout(600_000);
  let project: SandboxProject;

  before(async () => {
    project = sandboxProject((text) => {
      const [, environment = ""] = /slipway:environment: (\w+)/.exec(text) ?? [];
      return shopStack.replace("slipway:environment: staging", `slipway:environment: ${environment}`);
    });
    await project.json("sandbox", "env", "staging");
    for (const service of services) await push(service, "v2");
  });
  after(() => project.remove());

  const push = (service: string, tag: string): Promise<unknown> =>
    project.json("sandbox", "image", "push", `shop-${service}:${tag}`, "--stack", "staging");

  const deployed = async (...words: readonly string[]): Promise<readonly unknown[]> => {
    const { code, stdout, stderr } = await project.slipway("deploy", "staging", ...words, "--sandbox", "--json");
    const { data } = JSON.parse(stdout) as { data?: { parts: readonly Part[] } };
    return [code, data?.parts.map(({ stack, kind, outcome }) => `${stack} ${kind} ${outcome}`) ?? `${stdout}${stderr}`];
  };

  /** Versions of the live slots. */
  async function versions(stack: string): Promise<Readonly<Record<string, unknown>>> {
    const { outputs } = (await project.json("outputs", stack, "--sandbox")) as {
      outputs: { releases: Record<string, { live: string; slots: Record<string, { version?: string }> }> };
    };
    return Object.fromEntries(
      Object.entries(outputs.releases).map(([name, { live, slots }]) => [name, slots[live]?.version]),
    );
  }

  it("makes two environments, one after the other, that begin with the wanted version", async () => {
    expect(await deployed("v2", "--then", "production", "--yes")).to.deep.equal([
      0,
      ["staging infrastructure deployed", "production infrastructure deployed"],
    ]);
    for (const stack of ["staging", "production"]) {
      expect(await versions(stack)).to.deep.equal({ web: "v2", api: "v2", agent: "v2", worker: "v2" });
      const { code, stdout } = await project.slipway("preview", stack, "--sandbox", "--expect-no-changes");
      expect(code, stdout).to.equal(0);
    }
  });

  it("changes what has changed in an environment that is there", async () => {
    await push("agent", "v3");

    expect(await deployed("agent=v3", "worker=v2", "--yes")).to.deep.equal([
      0,
      ["staging infrastructure unchanged", "staging images done"],
    ]);
    expect(await versions("staging")).to.deep.equal({ web: "v2", api: "v2", agent: "v3", worker: "v2" });
  });

  it("refuses a version that nobody has pushed, and does not begin the next environment", async () => {
    const end = await deployed("v9", "--then", "production", "--yes");

    expect([end[0], String(end[1]).includes("is not in its registry")]).to.deep.equal([3, true]);
    expect(await versions("production")).to.deep.equal({ web: "v2", api: "v2", agent: "v2", worker: "v2" });
  });
});
