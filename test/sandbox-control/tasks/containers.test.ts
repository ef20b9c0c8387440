import { expect } from "chai";
import { stoppable } from "../../../sandbox/tasks/container/start-order";
import { parseDefinition } from "../../../sandbox/tasks/definition";
import { definitionOf, goodAnswers, serviceOrder, TaskCloud, web, without } from "./task-cloud";

const container = (name: string, more: object = {}): object => ({ name, image: `${name}:1`, ...more });
const after = (containerName: string, condition: string): object => ({ dependsOn: [{ containerName, condition }] });

describe("the containers of a task", () => {
  let cloud: TaskCloud;
  afterEach(() => cloud.running.close());

  /** Seconds after which the containers started and ended, and how. */
  const lived = async (
    containers: readonly object[],
    seconds = 400,
  ): Promise<Readonly<Record<string, readonly unknown[]>>> => {
    cloud = new TaskCloud(goodAnswers(containers));
    const { id } = cloud.running.tasks.start(serviceOrder);
    const seen: Record<string, unknown[]> = {};
    const begin = cloud.clock.now().getTime();
    for (let second = 0; second < seconds; second++) {
      await cloud.clock.advance(1_000);
      const { tasks } = await cloud.call("DescribeTasks", { cluster: "shop", tasks: [id] });
      const [task] = tasks as { containers: { name: string; lastStatus: string; exitCode?: number }[] }[];
      for (const one of task?.containers ?? []) {
        const line = [one.lastStatus, one.exitCode].filter((word) => word !== undefined).join(" ");
        const lines = (seen[one.name] ??= []);
        if (one.lastStatus !== "PENDING" && lines.at(-1) !== line) {
          lines.push((cloud.clock.now().getTime() - begin) / 1000, line);
        }
      }
    }
    return seen;
  };

  it("start once what they wait for has been started, has done its work, or is healthy", async () => {
    const healthCheck = { command: ["CMD-SHELL", "true"], interval: 10 };
    const seen = await lived(
      [
        container("app", after("proxy", "HEALTHY")),
        container("proxy", { ...after("migrate", "SUCCESS"), healthCheck }),
        container("migrate", { essential: false }),
      ],
      70,
    );

    expect(seen).to.deep.equal({
      migrate: [24, "RUNNING", 44, "STOPPED 0"],
      proxy: [44, "RUNNING"],
      app: [54, "RUNNING"],
    });
  });

  it("make the task fail when what they wait for goes wrong", async () => {
    cloud = new TaskCloud(
      goodAnswers([container("app", after("migrate", "SUCCESS")), container("migrate", { essential: false })]),
    );
    cloud.behaviour = { crashAtStart: 2 };
    const { id } = cloud.running.tasks.start(serviceOrder);
    await cloud.clock.advance(100_000);

    expect(cloud.task(id)).to.deep.include({
      stopCode: "TaskFailedToStart",
      stoppedReason: "Task failed to start",
      startedAt: undefined,
    });
    expect(cloud.task(id).containers.map(({ name, exitCode, reason }) => [name, exitCode, reason])).to.deep.equal([
      [
        "app",
        undefined,
        "dependency graph: failed to resolve container ordering dependency [migrate] for target [app] as dependency did not exit successfully.",
      ],
      ["migrate", 2, undefined],
    ]);
  });

  it("make the task fail when what they wait for takes longer than its start timeout", async () => {
    const healthCheck = { command: ["CMD-SHELL", "exit 1"], interval: 5, retries: 10 };
    cloud = new TaskCloud(
      goodAnswers([container("app", after("db", "HEALTHY")), container("db", { healthCheck, startTimeout: 30 })]),
    );
    const { id } = cloud.running.tasks.start(serviceOrder);
    await cloud.clock.advance(53_000);
    expect(cloud.task(id).lastStatus).to.equal("ACTIVATING");
    await cloud.clock.advance(60_000);

    expect(cloud.task(id).containers[0]?.reason).to.equal(
      "dependency graph: container ordering dependency [db] for target [app] has timed out.",
    );
  });

  it("stop in the reverse of the order in which they started", async () => {
    cloud = new TaskCloud(goodAnswers([container("app", after("db", "START")), container("db")]));
    const { id } = await cloud.started();
    const ended: string[] = [];
    cloud.running.tasks.onChange(({ containers }) => {
      for (const one of containers) if (one.exitCode !== undefined && !ended.includes(one.name)) ended.push(one.name);
    });
    cloud.running.tasks.stop(id, { code: "UserInitiated", text: "enough" });
    await cloud.clock.advance(30_000);

    expect(ended).to.deep.equal(["app", "db"]);
  });

  it("may end without the task when they are not essential", async () => {
    const seen = await lived(
      [
        container("app"),
        container("seed", { essential: false }),
        container("x", { essential: false, ...after("seed", "COMPLETE") }),
      ],
      60,
    );

    expect(seen).to.deep.equal({
      app: [24, "RUNNING"],
      seed: [24, "RUNNING", 44, "STOPPED 0"],
      x: [44, "RUNNING"],
    });
  });

  it("with a check that asks them are healthy when they answer, and unhealthy when they do not", async () => {
    const healthCheck = {
      command: ["CMD-SHELL", "curl -f http://localhost:38080/health || exit 1"],
      interval: 10,
      retries: 2,
    };
    cloud = new TaskCloud(goodAnswers([{ ...web, healthCheck }]));
    const changes: string[] = [];
    cloud.running.tasks.onChange(({ health }) => void (changes.at(-1) === health || changes.push(health)));
    const { id } = await cloud.started();
    const heard = (health: string): Promise<void> =>
      new Promise((resolve) => cloud.running.tasks.onChange((task) => void (task.health === health && resolve())));

    const healthy = heard("HEALTHY");
    await cloud.clock.advance(10_000);
    await healthy;
    cloud.behaviour = { isNeverHealthy: true };
    const unhealthy = heard("UNHEALTHY");
    for (let round = 0; round < 3; round++) {
      const asked = cloud.nextAsked();
      await cloud.clock.advance(10_000);
      await asked;
    }
    await unhealthy;

    expect(changes).to.deep.equal(["UNKNOWN", "HEALTHY", "UNHEALTHY"]);
    expect(cloud.task(id)).to.deep.include({ lastStatus: "RUNNING", hasHealthCheck: true });
  });

  it("give their start up when their log group is not there", async () => {
    const logConfiguration = {
      logDriver: "awslogs",
      options: { "awslogs-group": "/ecs/web", "awslogs-stream-prefix": "ecs" },
    };
    const answers = without(goodAnswers([{ ...web, logConfiguration }]), "Logs_20140328.CreateLogStream");
    cloud = new TaskCloud(answers);
    const { id } = cloud.running.tasks.start(serviceOrder);
    await cloud.clock.advance(60_000);

    expect(cloud.task(id).stopCode).to.equal("TaskFailedToStart");
    expect(cloud.task(id).stoppedReason).to.match(
      /^ResourceInitializationError: failed to validate logger args: .*ResourceNotFoundException: The specified log group does not exist/,
    );
  });
});

describe("the order of SIGTERM", () => {
  const containers =
    parseDefinition(
      definitionOf([
        container("app", after("proxy", "START")),
        container("proxy", after("db", "START")),
        container("db"),
      ]),
    )?.containers ?? [];

  it("spares whom a running container depends on", () => {
    expect(stoppable(containers, new Set(["app", "proxy", "db"]))).to.deep.equal(["app"]);
    expect(stoppable(containers, new Set(["proxy", "db"]))).to.deep.equal(["proxy"]);
    expect(stoppable(containers, new Set(["app", "db"]))).to.deep.equal(["app", "db"]);
  });
});
