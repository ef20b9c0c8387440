import type { ContainerDefinition, Service, Task } from "@aws-sdk/client-ecs";
import { expect } from "chai";
import { byStop, serviceView, stoppedTask, taskDefinitionView } from "../../../automation/adapters/ecs-views";

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 12, minute));
const definition = "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop-web:7";

describe("a service of ECS", () => {
  const service: Service = {
    serviceName: "shop-web",
    status: "ACTIVE",
    taskDefinition: definition,
    desiredCount: 2,
    runningCount: 1,
    pendingCount: 1,
    deployments: [
      {
        id: "ecs-svc/1",
        status: "PRIMARY",
        rolloutState: "IN_PROGRESS",
        rolloutStateReason: "ECS deployment ecs-svc/1 in progress.",
        taskDefinition: definition,
        desiredCount: 2,
        runningCount: 1,
        pendingCount: 1,
        failedTasks: 3,
        createdAt: at(1),
      },
      { id: "ecs-svc/0", status: "ACTIVE" },
    ],
    events: Array.from({ length: 30 }, (_, index) => ({
      id: `${index}`,
      createdAt: at(30 - index),
      message: `${index}`,
    })),
  };

  it("is shown with its deployments; what AWS does not tell is nothing", () => {
    const { events, ...view } = serviceView(service);

    expect(view).to.deep.equal({
      serviceName: "shop-web",
      status: "ACTIVE",
      taskDefinition: definition,
      desired: 2,
      running: 1,
      pending: 1,
      deployments: [
        {
          id: "ecs-svc/1",
          status: "PRIMARY",
          rolloutState: "IN_PROGRESS",
          rolloutStateReason: "ECS deployment ecs-svc/1 in progress.",
          taskDefinition: definition,
          desired: 2,
          running: 1,
          pending: 1,
          failedTasks: 3,
          createdAt: "2026-01-01T12:01:00.000Z",
        },
        {
          id: "ecs-svc/0",
          status: "ACTIVE",
          rolloutState: null,
          rolloutStateReason: "",
          taskDefinition: "",
          desired: 0,
          running: 0,
          pending: 0,
          failedTasks: 0,
          createdAt: "",
        },
      ],
    });
    expect(events).to.have.length(20);
    expect(events[0]).to.deep.equal({ at: "2026-01-01T12:30:00.000Z", message: "0" });
  });
});

describe("a stopped task", () => {
  const containers: readonly ContainerDefinition[] = [
    {
      name: "web",
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "/ecs/shop", "awslogs-stream-prefix": "blue" },
      },
    },
    { name: "router", logConfiguration: { logDriver: "awsfirelens" } },
    { name: "plain", logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/ecs/plain" } } },
  ];
  const task: Task = {
    taskArn: "arn:aws:ecs:eu-central-1:111122223333:task/shop/0123abc",
    startedBy: "ecs-svc/1",
    taskDefinitionArn: definition,
    stoppedAt: at(2),
    stopCode: "EssentialContainerExited",
    stoppedReason: "Essential container in task exited",
    containers: [
      { name: "web", exitCode: 1 },
      { name: "router", reason: "OOM" },
      { name: "plain", exitCode: 0 },
    ],
  };

  it("says why, and where its containers logged", () => {
    const none = { logGroup: null, logStream: null };
    expect(stoppedTask(task, containers)).to.deep.equal({
      arn: task.taskArn,
      startedBy: "ecs-svc/1",
      taskDefinition: definition,
      stoppedAt: "2026-01-01T12:02:00.000Z",
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      containers: [
        { name: "web", exitCode: 1, reason: "", logGroup: "/ecs/shop", logStream: "blue/web/0123abc" },
        { name: "router", exitCode: null, reason: "OOM", ...none },
        { name: "plain", exitCode: 0, reason: "", logGroup: "/ecs/plain", logStream: null },
      ],
    });
  });

  it("comes before those that stopped earlier, and after those that are still stopping", () => {
    const tasks = [{ ...task, taskArn: "old" }, { ...task, taskArn: "new", stoppedAt: at(9) }, { taskArn: "stopping" }];

    expect(byStop(tasks).map(({ taskArn }) => taskArn)).to.deep.equal(["stopping", "new", "old"]);
  });
});

describe("a task definition", () => {
  it("says images, version and architecture", () => {
    const view = taskDefinitionView({
      taskDefinition: {
        taskDefinitionArn: definition,
        family: "shop-web",
        revision: 7,
        status: "INACTIVE",
        containerDefinitions: [{ name: "web", image: "shop@sha256:1" }],
        runtimePlatform: { cpuArchitecture: "ARM64" },
        executionRoleArn: "arn:role",
      },
      tags: [{ key: "Version", value: "v2" }],
    });

    expect(view).to.deep.equal({
      arn: definition,
      family: "shop-web",
      revision: 7,
      status: "INACTIVE",
      images: { web: "shop@sha256:1" },
      version: "v2",
      architecture: "ARM64",
      executionRoleArn: "arn:role",
    });
  });

  it("is for X86_64 and without version and role where it says nothing", () => {
    const { architecture, version, executionRoleArn } = taskDefinitionView({ taskDefinition: {} });

    expect({ architecture, version, executionRoleArn }).to.deep.equal({
      architecture: "X86_64",
      version: null,
      executionRoleArn: null,
    });
  });
});
