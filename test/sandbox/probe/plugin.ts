import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as provider from "@pulumi/pulumi/provider";
import { endWithParent } from "../../../sandbox/plugin/end-with-parent";
import { until } from "./until";

type Inputs = Readonly<Record<string, unknown>>;

/** Things are files in `PROBE_DIR`. `fixed...` inputs replace, `fail` is the provider's refusal, `waitFor` names a file that lets it go on. */
class ProbeProvider implements provider.Provider {
  readonly version = "1.0.0";
  constructor(private readonly folder: string) {}

  async check(_urn: string, _olds: Inputs, news: Inputs): Promise<provider.CheckResult> {
    return { inputs: news };
  }

  async diff(_id: string, _urn: string, olds: Inputs, news: Inputs): Promise<provider.DiffResult> {
    const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
      (key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
    );
    return { changes: keys.length > 0, replaces: keys.filter((key) => key.startsWith("fixed")) };
  }

  async create(urn: string, inputs: Inputs): Promise<provider.CreateResult> {
    const name = nameOf(urn);
    appendFileSync(join(this.folder, "calls.log"), `create ${name}\n`);
    if (typeof inputs["fail"] === "string") throw new Error(inputs["fail"]);
    if (typeof inputs["waitFor"] === "string") {
      const awaited = join(this.folder, inputs["waitFor"]);
      await until(this.folder, () => existsSync(awaited));
    }
    writeFileSync(this.file(urn), JSON.stringify(inputs));
    return { id: `${name}-id`, outs: { ...inputs } };
  }

  async read(id: string, urn: string): Promise<provider.ReadResult> {
    if (!existsSync(this.file(urn))) return { id: "", props: {} };
    const found = JSON.parse(readFileSync(this.file(urn), "utf8")) as Inputs;
    return { id, props: found, inputs: found };
  }

  async update(_id: string, urn: string, _olds: Inputs, news: Inputs): Promise<provider.UpdateResult> {
    writeFileSync(this.file(urn), JSON.stringify(news));
    return { outs: { ...news } };
  }

  async delete(_id: string, urn: string): Promise<void> {
    appendFileSync(join(this.folder, "calls.log"), `delete ${nameOf(urn)}\n`);
    rmSync(this.file(urn), { force: true });
  }

  private file(urn: string): string {
    return join(this.folder, `${nameOf(urn)}.thing`);
  }
}

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;

// A test kills its engine, and what the engine started must not outlive it.
endWithParent();
void provider.main(new ProbeProvider(process.env["PROBE_DIR"] ?? "."), process.argv.slice(2));
