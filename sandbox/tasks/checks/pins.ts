import type { Moto } from "../../model/moto";
import type { TaskOrder } from "../../model/tasks";
import type { ContainerDefinition } from "../definition";
import { imageReference } from "./image-reference";
import { pull, type Pull } from "./pull";

/** More than these many deployments are not remembered: the oldest is forgotten, as if its tag were read anew. */
const remembered = 500;

/**
 * Digests that the first task of a deployment found, which the later ones of the deployment use even when the tag has
 * moved (`versionConsistency`, enabled unless a container says `disabled`; API reference, ContainerDefinition).
 */
export class Pins {
  private readonly found = new Map<string, Promise<Pull>>();

  constructor(private readonly moto: Moto) {}

  async pull(order: TaskOrder, container: ContainerDefinition): Promise<Pull> {
    const { digest } = imageReference(container.image);
    const isPinned = order.startedBy?.startsWith("ecs-svc/") && container.versionConsistency !== "disabled";
    if (!isPinned || digest !== undefined) return pull(this.moto, order, container.image);

    const key = [order.account, order.region, order.startedBy, order.taskDefinitionArn, container.name].join(" ");
    const before = await this.found.get(key);
    // Asked again by digest: an image that has been deleted since cannot be pulled any more.
    if (before?.kind === "pulled") return this.again(order, container.image, before);
    const asked = pull(this.moto, order, container.image);
    this.remember(key, asked);
    const answer = await asked.catch((error: unknown) => {
      this.found.delete(key);
      throw error;
    });
    if (answer.kind === "refused") this.found.delete(key);
    return answer;
  }

  private async again(order: TaskOrder, image: string, pinned: Extract<Pull, { kind: "pulled" }>): Promise<Pull> {
    const answer = await pull(this.moto, order, `${image}@${pinned.digest}`);
    return answer.kind === "pulled" ? { ...answer, tag: pinned.tag } : answer;
  }

  private remember(key: string, asked: Promise<Pull>): void {
    const [oldest] = this.found.keys();
    if (this.found.size >= remembered && oldest !== undefined) this.found.delete(oldest);
    this.found.set(key, asked);
  }
}
