import { expect } from "chai";
import type { TaskView } from "../../../sandbox/model/tasks";
import { definitionArn, digest, goodAnswers, registry, serviceOrder, TaskCloud, web, without } from "./task-cloud";

describe("a task", () => {
  let cloud: TaskCloud;
  afterEach(() => cloud.running.close());

  const dates = async (id: string): Promise<Readonly<Record<string, unknown>>> => {
    const { tasks } = await cloud.call("DescribeTasks", { cluster: "shop", tasks: [id] });
    const names = [
      "createdAt",
      "connectivityAt",
      "pullStartedAt",
      "pullStoppedAt",
      "startedAt",
      "stoppingAt",
      "executionStoppedAt",
      "stoppedAt",
    ];
    const [task] = tasks as Readonly<Record<string, Date>>[];
    const begin = Date.parse("2026-01-01T00:00:00Z");
    return Object.fromEntries(
      names.flatMap((name) => (task?.[name] ? [[name, (task[name].getTime() - begin) / 1000]] : [])),
    );
  };

  it("takes the times of the developer guide's sample, and STOPPING waits for who takes it out of the load balancer", async () => {
    cloud = new TaskCloud();
    cloud.running.tasks.onDeactivating(() => new Promise((resolve) => void cloud.clock.after(40_000, () => resolve())));
    const seen: string[] = [];
    cloud.running.tasks.onChange(({ lastStatus }) => void (seen.at(-1) === lastStatus || seen.push(lastStatus)));
    const { id } = await cloud.started();
    expect(await dates(id)).to.deep.equal({
      createdAt: 0,
      connectivityAt: 4,
      pullStartedAt: 17.7,
      pullStoppedAt: 20.7,
      startedAt: 23.7,
    });

    cloud.running.tasks.stop(id, { code: "ServiceSchedulerInitiated", text: "Scaling activity initiated by x" });
    expect(cloud.task(id)).to.deep.include({ lastStatus: "DEACTIVATING", desiredStatus: "STOPPED" });
    await cloud.clock.advance(100_000);

    expect(await dates(id)).to.deep.include({ stoppingAt: 30, executionStoppedAt: 70, stoppedAt: 92.6 });
    expect(cloud.task(id).containers).to.deep.equal([
      { name: "web", image: web.image, imageDigest: digest, exitCode: 0, reason: undefined, ports: [38080] },
    ]);
    expect(seen.join(" ")).to.equal(
      "PROVISIONING PENDING ACTIVATING RUNNING DEACTIVATING STOPPING DEPROVISIONING STOPPED",
    );
  });

  it("is told for an hour after its end, and then forgotten", async () => {
    cloud = new TaskCloud();
    const { id } = await cloud.started();
    cloud.running.tasks.stop(id, { code: "UserInitiated", text: "enough" });
    await cloud.clock.advance(22_600);
    await cloud.clock.advance(3_590_000);
    expect(cloud.task(id).lastStatus).to.equal("STOPPED");

    await cloud.clock.advance(20_000);

    expect([cloud.running.tasks.get(id), cloud.running.snapshot()]).to.deep.equal([undefined, []]);
  });

  it("that is stopped before it runs never runs", async () => {
    cloud = new TaskCloud();
    const { id } = cloud.running.tasks.start(serviceOrder);
    await cloud.clock.advance(10_000);
    cloud.running.tasks.stop(id, { code: "UserInitiated", text: "enough" });
    await cloud.clock.advance(60_000);

    expect(await dates(id)).to.deep.equal({
      createdAt: 0,
      connectivityAt: 4,
      stoppingAt: 10,
      executionStoppedAt: 10,
      stoppedAt: 32.6,
    });
  });

  it("goes on although a listener fails", async () => {
    cloud = new TaskCloud();
    cloud.running.tasks.onChange(() => {
      throw new Error("a bug of a listener");
    });
    cloud.running.tasks.onDeactivating(() => Promise.reject(new Error("a bug of another")));
    const { id } = await cloud.started();
    cloud.running.tasks.stop(id, { code: "UserInitiated", text: "enough" });
    await cloud.clock.advance(30_000);

    expect(cloud.task(id).lastStatus).to.equal("STOPPED");
    expect(cloud.said.join()).to.contain("a bug of a listener").and.to.contain("a bug of another");
  });

  const ends: readonly (readonly [string, TaskCloud["behaviour"], number, Partial<TaskView["containers"][number]>])[] =
    [
      ["crashes at its start", { crashAtStart: 3 }, 24.7, { exitCode: 3, reason: undefined }],
      ["crashes later", { crashAfterSeconds: 47 }, 70.7, { exitCode: 1, reason: undefined }],
      [
        "runs out of memory",
        { outOfMemoryAfterSeconds: 20 },
        43.7,
        { exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" },
      ],
    ];
  for (const [name, behaviour, endsAt, container] of ends) {
    it(`whose essential program ${name} is noticed and stopped`, async () => {
      cloud = new TaskCloud();
      cloud.behaviour = behaviour;
      const { id } = cloud.running.tasks.start(serviceOrder);
      const ended: number[] = [];
      cloud.running.tasks.onChange((task) => {
        if (task.containers[0]?.exitCode !== undefined) ended.push(cloud.clock.now().getTime());
      });
      await cloud.clock.advance(200_000);

      expect(((ended[0] ?? 0) - Date.parse("2026-01-01T00:00:00Z")) / 1000).to.equal(endsAt);
      expect(cloud.task(id)).to.deep.include({
        lastStatus: "STOPPED",
        stopCode: "EssentialContainerExited",
        stoppedReason: "Essential container in task exited",
      });
      expect(cloud.task(id).containers[0]).to.deep.include(container);
    });
  }

  it("that hangs on SIGTERM is killed when its stop timeout is over", async () => {
    cloud = new TaskCloud(goodAnswers([{ ...web, stopTimeout: 45 }]));
    cloud.behaviour = { hangsOnShutdown: true };
    const { id } = await cloud.started();
    cloud.running.tasks.stop(id, { code: "UserInitiated", text: "enough" });
    await cloud.clock.advance(100_000);

    expect(await dates(id)).to.deep.include({ stoppingAt: 30, executionStoppedAt: 75 });
    expect(cloud.task(id).containers[0]).to.deep.include({ exitCode: 137, reason: undefined });
  });

  it("for which Fargate has no room comes not to be: the scheduler sees why, the API shows nothing", async () => {
    cloud = new TaskCloud();
    cloud.startFault = { kind: "no-capacity" };
    const heard: unknown[] = [];
    cloud.running.tasks.onChange(({ id, stoppedReason }) => heard.push([id, stoppedReason]));
    const task = cloud.running.tasks.start(serviceOrder);
    await cloud.clock.advance(0);

    const text = "Capacity is unavailable at this time. Please try again later or in a different availability zone.";
    expect(task).to.deep.include({ lastStatus: "STOPPED", stopCode: "TaskFailedToStart", stoppedReason: text });
    expect(heard).to.deep.equal([[task.id, text]]);
    expect(cloud.running.tasks.list(serviceOrder).map(({ id }) => id)).to.deep.equal([task.id]);
    const failures = [{ arn: task.arn, reason: "MISSING" }];
    expect(await cloud.call("DescribeTasks", { cluster: "shop", tasks: [task.id] })).to.deep.equal({
      tasks: [],
      failures,
    });
    const listed = await cloud.call("ListTasks", { cluster: "shop", desiredStatus: "STOPPED" });
    expect([listed["taskArns"], cloud.running.snapshot()]).to.deep.equal([[], []]);
  });

  it("of one deployment uses the image that the deployment's first task found, though the tag has moved", async () => {
    const answers = goodAnswers();
    let current = digest;
    cloud = new TaskCloud({
      ...answers,
      "AmazonEC2ContainerRegistry_V20150921.BatchGetImage": ({ imageIds }) => {
        const [wanted] = imageIds as { imageTag?: string; imageDigest?: string }[];
        return { images: [{ imageId: { imageDigest: wanted?.imageDigest ?? current } }] };
      },
    });
    const first = await cloud.started();
    current = `sha256:${"cd".repeat(32)}`;
    const second = await cloud.started();
    const other = await cloud.started({ ...serviceOrder, startedBy: "ecs-svc/2" });

    expect([first, second, other].map((task) => task.containers[0]?.imageDigest)).to.deep.equal([
      digest,
      digest,
      current,
    ]);
  });

  it("of a deployment cannot start any more when the image of the first task has been deleted", async () => {
    let isThere = true;
    cloud = new TaskCloud({
      ...goodAnswers(),
      "AmazonEC2ContainerRegistry_V20150921.BatchGetImage": () =>
        isThere ? { images: [{ imageId: { imageDigest: digest } }] } : { images: [], failures: [{}] },
    });
    await cloud.started();
    isThere = false;
    const { id } = await cloud.started();
    await cloud.clock.advance(200_000);

    expect(cloud.task(id).stoppedReason).to.equal(
      `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ` +
        `${registry}/shop/web:v1.2.3@${digest}: not found`,
    );
  });

  it("whose image cannot be pulled gives up only after its retries", async () => {
    cloud = new TaskCloud();
    cloud.startFault = { kind: "image-missing" };
    const { id } = cloud.running.tasks.start(serviceOrder);
    await cloud.clock.advance(200_000);

    expect(await dates(id)).to.deep.equal({
      createdAt: 0,
      connectivityAt: 4,
      pullStartedAt: 17.7,
      stoppingAt: 101.7,
      executionStoppedAt: 101.7,
      stoppedAt: 124.3,
    });
    expect(cloud.task(id).containers[0]).to.deep.include({ exitCode: undefined, reason: cloud.task(id).stoppedReason });
  });

  it("of another sandbox on the machine has other addresses, and each task its own", async () => {
    cloud = new TaskCloud(goodAnswers(), { secondOctet: 200 });
    const tasks = [await cloud.started(), await cloud.started()];

    expect(tasks.map(({ ip }) => ip)).to.deep.equal(["127.200.0.1", "127.200.0.2"]);
  });

  it("whose definition has gone does not start", async () => {
    const answers = without(goodAnswers(), "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition");
    cloud = new TaskCloud(answers);
    const { id } = cloud.running.tasks.start({ ...serviceOrder, taskDefinitionArn: `${definitionArn}0` });
    await cloud.clock.advance(60_000);

    expect(cloud.task(id)).to.deep.include({
      stopCode: "TaskFailedToStart",
      stoppedReason: "TaskDefinition not found.",
    });
  });
});
