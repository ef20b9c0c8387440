import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { Behaviour, Faults, StartFault } from "../../../sandbox/model/behaviour";
import type { Answer, Caller } from "../../../sandbox/model/service-api";
import type { TaskOrder, TaskView } from "../../../sandbox/model/tasks";
import { createTasks, type RunningTasks, type TasksParts } from "../../../sandbox/tasks/tasks";
import { FakeMoto } from "../../_fakes/fake-moto";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";

type Fields = Readonly<Record<string, unknown>>;
type Answers = Record<string, (input: Fields, scope?: { readonly account: string }) => Fields>;

export const account = "123456789012";
export const region = "eu-central-1";
export const caller: Caller = { account, region, accessKeyId: `SANDBOX${account}` };
export const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;
export const clusterArn = `arn:aws:ecs:${region}:${account}:cluster/shop`;
export const definitionArn = `arn:aws:ecs:${region}:${account}:task-definition/web:7`;
export const digest = `sha256:${"ab".repeat(32)}`;

/** A container that answers on a port that is unlikely to be taken. */
export const web = {
  name: "web",
  image: `${registry}/shop/web:v1.2.3`,
  essential: true,
  portMappings: [{ containerPort: 38080 }],
};

/** What happens when nothing is wrong. */
export const goodAnswers = (containers: readonly object[] = [web]): Answers => ({
  "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition": () => ({ taskDefinition: definitionOf(containers) }),
  "AmazonEC2ContainerServiceV20141113.DescribeClusters": ({ clusters }) => ({
    clusters: (clusters as string[]).some((one) => /(^|\/)shop$/.test(one)) ? [{ clusterArn, status: "ACTIVE" }] : [],
  }),
  "AmazonEC2ContainerRegistry_V20150921.BatchGetImage": ({ imageIds }) => ({
    images: [{ imageId: { imageDigest: digest, ...(imageIds as Fields[])[0] } }],
    failures: [],
  }),
  "iam.GetRole": () => ({}),
  "Logs_20140328.CreateLogGroup": () => ({}),
  "Logs_20140328.CreateLogStream": () => ({}),
  "Logs_20140328.PutLogEvents": () => ({}),
});

/** An answer that is a refusal. */
export const fault = (code: string, message: string) => (): never => {
  throw new AwsFault(code, message);
};

/** The answers without one of them: moto then refuses the call. */
export const without = (answers: Answers, name: string): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => key !== name));

export const definitionOf = (containers: readonly object[]): Fields => ({
  taskDefinitionArn: definitionArn,
  family: "web",
  revision: 7,
  status: "ACTIVE",
  cpu: "256",
  memory: "512",
  networkMode: "awsvpc",
  executionRoleArn: `arn:aws:iam::${account}:role/execution`,
  requiresCompatibilities: ["FARGATE"],
  containerDefinitions: containers,
});

export const serviceOrder: TaskOrder = {
  account,
  region,
  clusterArn,
  taskDefinitionArn: definitionArn,
  group: "service:web",
  startedBy: "ecs-svc/1234567890123456789",
  launchType: "FARGATE",
  networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-a", "subnet-b"] } },
};

/** Tasks with everything around them faked, but for the sockets. */
export class TaskCloud {
  readonly clock = new FakeSandboxClock();
  readonly moto: FakeMoto;
  readonly running: RunningTasks;
  readonly said: string[] = [];
  behaviour: Behaviour = {};
  startFault: StartFault | undefined;
  private asked: () => void = () => undefined;

  constructor(answers: Answers = goodAnswers(), more: Partial<TasksParts> = {}) {
    this.moto = new FakeMoto(answers);
    const faults: Pick<Faults, "behaviour" | "startFault"> = {
      behaviour: () => {
        this.asked();
        return this.behaviour;
      },
      startFault: () => this.startFault,
    };
    this.running = createTasks({
      clock: this.clock,
      moto: this.moto,
      faults,
      log: (message) => this.said.push(message),
      // Far from what a sandbox on the same machine has.
      secondOctet: 1 + (process.pid % 60),
      ...more,
    });
  }

  /** The task after it got to RUNNING. */
  async started(order: TaskOrder = serviceOrder): Promise<TaskView> {
    const { id } = this.running.tasks.start(order);
    await this.clock.advance(30_000);
    return this.task(id);
  }

  /** Resolves when a program next looks how it is to behave, as it does with each request. */
  nextAsked(): Promise<void> {
    return new Promise((resolve) => (this.asked = resolve));
  }

  task(id: string): TaskView {
    const task = this.running.tasks.get(id);
    if (!task) throw new Error(`There is no task ${id}.`);
    return task;
  }

  /** Answer of an operation. */
  async call(operation: string, input: Fields): Promise<Answer> {
    const found = this.running.operations[operation];
    if (found?.kind !== "own") throw new Error(`${operation} is not answered here.`);
    return found.answer(input, caller);
  }

  /** Code and message that an operation is refused with. */
  async refusal(operation: string, input: Fields): Promise<{ code: string; message: string } | Answer> {
    try {
      return await this.call(operation, input);
    } catch (error) {
      if (error instanceof AwsFault) return { code: error.code, message: error.message };
      throw error;
    }
  }
}
