import { AwsFault } from "../model/aws-fault";
import type { Moto } from "../model/moto";
import type { Scope } from "../model/scope";
import type { Tag } from "./store";
import { tagOfDigest } from "./checks/tag-of-digest";
import { type ContainerDefinition, parseDefinition, type TaskDefinition } from "./definition";

/** As many task definitions are kept in mind; one never changes but for its status. */
const remembered = 300;

/** Task definitions, which moto keeps. */
export class Definitions {
  private readonly known = new Map<string, TaskDefinition>();

  constructor(private readonly moto: Moto) {}

  /** What is known of it already; so that a task tells its containers from its first moment. */
  get(arn: string): TaskDefinition | undefined {
    return this.known.get(arn);
  }

  /** For a task that is to be started. Undefined for one that is not there. */
  async read(scope: Scope, arn: string): Promise<TaskDefinition | undefined> {
    const known = this.known.get(arn);
    if (known === undefined) return this.describe(scope, arn);
    return known.containers.some(({ image }) => image.includes("@")) ? this.remember(await this.tagged(known)) : known;
  }

  /**
   * Asks anew, because of the status.
   *
   * @param name ARN, `family:revision`, or `family` for its latest active revision
   */
  async describe(scope: Scope, name: string): Promise<TaskDefinition | undefined> {
    const answer = await this.ask(scope, { taskDefinition: name });
    const definition = parseDefinition(answer?.["taskDefinition"]);
    return definition && this.remember(await this.tagged(definition));
  }

  /** Tags of a definition, which its tasks may take over. */
  async tags(scope: Scope, arn: string): Promise<readonly Tag[]> {
    const answer = await this.ask(scope, { taskDefinition: arn, include: ["TAGS"] });
    return (answer?.["tags"] as readonly Tag[] | undefined) ?? [];
  }

  private async ask(scope: Scope, input: object): Promise<Readonly<Record<string, unknown>> | undefined> {
    const place = { account: scope.account, region: scope.region };
    try {
      return await this.moto.call(place, "ecs", "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition", input);
    } catch (error) {
      if (error instanceof AwsFault) return undefined;
      throw error;
    }
  }

  /** Asked for every task: tags move. */
  private async tagged(definition: TaskDefinition): Promise<TaskDefinition> {
    const containers = definition.containers.map(async (container): Promise<ContainerDefinition> => {
      const knownTag = await tagOfDigest(this.moto, container.image);
      return knownTag === undefined ? container : { ...container, knownTag };
    });
    return { ...definition, containers: await Promise.all(containers) };
  }

  private remember(definition: TaskDefinition): TaskDefinition {
    const [oldest] = this.known.keys();
    if (this.known.size >= remembered && oldest !== undefined) this.known.delete(oldest);
    this.known.set(definition.taskDefinitionArn, definition);
    return definition;
  }
}
