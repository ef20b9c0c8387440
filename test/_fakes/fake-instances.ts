import type { Fleet } from "../../automation/model/fleet/fleet";
import type { InstanceAnswer, Instances, InstanceView } from "../../automation/ports/instances";

/** Instances that run what they were told, unless a test breaks them. */
export class FakeInstances implements Instances {
  /** By id, what AWS shows; a test enters them. */
  readonly all = new Map<string, InstanceView>();
  /** What really runs, which is not what is remembered in the middle of an update. */
  readonly runs = new Map<string, string>();
  /** Answers of the next updates to a version on an instance: `i-1 v2`. Without any they work. */
  readonly updates = new Map<string, InstanceAnswer[]>();
  /** Whether an instance is healthy with what it runs. @default always */
  isHealthy: (instance: string, version: string) => boolean = () => true;
  /** Before and after each call; a test throws to kill the caller. */
  interrupt: (what: string) => void = () => undefined;

  constructor(readonly log: string[] = []) {}

  /** Enters running instances, with what they run and remember. */
  with(instances: Readonly<Record<string, string | null>>): this {
    for (const [id, version] of Object.entries(instances)) {
      this.all.set(id, { id, state: "running", privateAddress: `10.0.0.${this.all.size + 1}`, version });
      if (version !== null) this.runs.set(id, version);
    }
    return this;
  }

  async describe(component: string, fleet: Fleet): Promise<readonly InstanceView[]> {
    this.note(`describe ${component}`);
    const ids = "ids" in fleet.instances ? fleet.instances.ids : [...this.all.keys()];
    return ids.map((id) => this.all.get(id) ?? { id, state: "missing", privateAddress: null, version: null });
  }

  async currentVersion(_component: string, instance: string): Promise<string | null> {
    return this.all.get(instance)?.version ?? null;
  }

  async update(component: string, _fleet: Fleet, instance: string, version: string): Promise<InstanceAnswer> {
    this.note(`update ${instance} ${version}`);
    await this.remember(component, instance, null);
    const answer = this.updates.get(`${instance} ${version}`)?.shift() ?? { kind: "ok" };
    if (answer.kind === "ok") this.runs.set(instance, version);
    this.interrupt(`updating ${instance} ${version}`);
    if (answer.kind === "ok") await this.remember(component, instance, version);
    this.interrupt(`updated ${instance} ${version}`);
    return answer;
  }

  async check(instance: string, _commands: readonly string[], version: string): Promise<InstanceAnswer> {
    this.note(`check ${instance} ${version}`);
    const runs = this.runs.get(instance);
    if (runs !== version) return { kind: "failed", text: `runs ${runs}` };
    return this.isHealthy(instance, version) ? { kind: "ok" } : { kind: "failed", text: `${version} is not healthy` };
  }

  async remember(_component: string, instance: string, version: string | null): Promise<void> {
    const known = this.all.get(instance);
    if (known !== undefined) this.all.set(instance, { ...known, version });
  }

  private note(what: string): void {
    this.interrupt(what);
    this.log.push(what);
  }
}
