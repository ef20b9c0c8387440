import type { DeploymentView, ServiceView } from "../../automation/model/release/observed";
import type { Containers, ServiceRef, StoppedTask, TaskDefinitionView } from "../../automation/ports/containers";

/** Services that are what a test says; a call writes down what it was told, and `acting` does what AWS would. */
export class FakeContainers implements Containers {
  /** By service name. */
  readonly services = new Map<string, ServiceView>();
  /** By service name, newest first. */
  readonly stopped = new Map<string, readonly StoppedTask[]>();
  /** By ARN, `family:revision` and family, as a test enters them. */
  readonly definitions = new Map<string, TaskDefinitionView>();
  /** For each of the next calls, whatever it is; null lets one through. */
  readonly failures: (Error | null)[] = [];
  /** What a call does to the world of the test. */
  acting: {
    describe?(): void;
    setCount?(service: ServiceRef, count: number): void;
    forceDeployment?(service: ServiceRef): DeploymentView;
  } = {};

  constructor(private readonly log: string[] = []) {}

  async describe(cluster: string, serviceNames: readonly string[]): Promise<readonly ServiceView[]> {
    this.note(`describe ${cluster} ${serviceNames.join(" ")}`);
    this.acting.describe?.();
    return serviceNames.flatMap((name) => this.services.get(name) ?? []);
  }

  async setCount(service: ServiceRef, count: number): Promise<void> {
    this.note(`setCount ${service.serviceName} ${count}`);
    const known = this.services.get(service.serviceName);
    if (known) this.services.set(service.serviceName, { ...known, desired: count });
    this.acting.setCount?.(service, count);
  }

  async pointAt(service: ServiceRef, taskDefinition: string): Promise<void> {
    this.note(`pointAt ${service.serviceName} ${taskDefinition}`);
    const known = this.services.get(service.serviceName);
    if (known) this.services.set(service.serviceName, { ...known, taskDefinition });
  }

  async forceDeployment(service: ServiceRef): Promise<DeploymentView> {
    this.note(`forceDeployment ${service.serviceName}`);
    const started = this.acting.forceDeployment?.(service) ?? this.services.get(service.serviceName)?.deployments[0];
    if (started === undefined) throw new Error(`No service ${service.serviceName} in this test.`);
    return started;
  }

  async stoppedTasks(service: ServiceRef, limit: number, deploymentId?: string): Promise<readonly StoppedTask[]> {
    this.note(`stoppedTasks ${service.serviceName}`);
    const tasks = this.stopped.get(service.serviceName) ?? [];
    return tasks.filter((task) => deploymentId === undefined || task.startedBy === deploymentId).slice(0, limit);
  }

  async taskDefinition(name: string): Promise<TaskDefinitionView | undefined> {
    this.note(`taskDefinition ${name}`);
    return this.definitions.get(name);
  }

  async taskDefinitions(familyPrefix: string, limit: number): Promise<readonly string[]> {
    this.note(`taskDefinitions ${familyPrefix}`);
    const found = [...new Set(this.definitions.values())].filter(({ family }) => family.startsWith(familyPrefix));
    return found
      .sort((one, other) => other.revision - one.revision)
      .map(({ arn }) => arn)
      .slice(0, limit);
  }

  private note(what: string): void {
    this.log.push(what);
    const failure = this.failures.shift();
    if (failure != null) throw failure;
  }
}
