import { expect } from "chai";
import { definitionArn, definitionOf, goodAnswers, serviceOrder, TaskCloud, web, without } from "./task-cloud";

const network = { awsvpcConfiguration: { subnets: ["subnet-a"] } };
const run = { cluster: "shop", taskDefinition: "web", launchType: "FARGATE", networkConfiguration: network };
type Told = Readonly<Record<string, unknown>>;

describe("the operations of tasks when they are called wrongly", () => {
  let cloud: TaskCloud;
  beforeEach(() => {
    cloud = new TaskCloud();
  });
  afterEach(() => cloud.running.close());

  const inactive = {
    "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition": () => ({
      taskDefinition: { ...definitionOf([web]), status: "INACTIVE" },
    }),
  };
  const cases: readonly (readonly [string, string, object, object, string, string | RegExp])[] = [
    [
      "an unknown cluster",
      "RunTask",
      { ...run, cluster: "other" },
      {},
      "ClusterNotFoundException",
      "Cluster not found.",
    ],
    ["an unknown cluster", "ListTasks", { cluster: "other" }, {}, "ClusterNotFoundException", "Cluster not found."],
    ["a definition that is inactive", "RunTask", run, inactive, "ClientException", "TaskDefinition is inactive"],
    [
      "no network",
      "RunTask",
      { ...run, networkConfiguration: null },
      {},
      "InvalidParameterException",
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    ],
    [
      "no subnets",
      "RunTask",
      { ...run, networkConfiguration: { awsvpcConfiguration: { subnets: [] } } },
      {},
      "InvalidParameterException",
      "subnets can not be empty.",
    ],
    ["more than ten tasks", "RunTask", { ...run, count: 11 }, {}, "InvalidParameterException", /count/],
    ["a count that is no number", "RunTask", { ...run, count: "many" }, {}, "InvalidParameterException", /count/],
    [
      "instances",
      "RunTask",
      { ...run, launchType: "EC2" },
      {},
      "InvalidParameterException",
      "No Container Instances were found in your cluster.",
    ],
    [
      "an override of a strange container",
      "RunTask",
      { ...run, overrides: { containerOverrides: [{ name: "db" }] } },
      {},
      "InvalidParameterException",
      "Override for container named db is not a container in the TaskDefinition.",
    ],
    [
      "overrides that are none",
      "RunTask",
      { ...run, overrides: { containerOverrides: "x" } },
      {},
      "InvalidParameterException",
      /overrides/,
    ],
    [
      "an unknown platform",
      "RunTask",
      { ...run, platformVersion: "9.9.9" },
      {},
      "PlatformUnknownException",
      /platform/,
    ],
    [
      "an unknown task",
      "StopTask",
      { cluster: "shop", task: "0" },
      {},
      "InvalidParameterException",
      "The referenced task was not found.",
    ],
    [
      "no tasks",
      "DescribeTasks",
      { cluster: "shop", tasks: [] },
      {},
      "InvalidParameterException",
      "Tasks cannot be empty.",
    ],
    [
      "too many tasks",
      "DescribeTasks",
      { cluster: "shop", tasks: Array(101).fill("0") },
      {},
      "InvalidParameterException",
      /100/,
    ],
    [
      "a token of its own making",
      "ListTasks",
      { cluster: "shop", nextToken: "x" },
      {},
      "InvalidParameterException",
      "Invalid token.",
    ],
    [
      "startedBy with another filter",
      "ListTasks",
      { cluster: "shop", startedBy: "a", family: "b" },
      {},
      "InvalidParameterException",
      /startedBy/,
    ],
    [
      "a shell in an unknown task",
      "ExecuteCommand",
      { cluster: "shop", task: "0", command: "sh", interactive: true },
      {},
      "InvalidParameterException",
      "The referenced task was not found.",
    ],
  ];
  for (const [name, operation, input, answers, code, message] of cases) {
    it(`${operation} refuses ${name}`, async () => {
      await cloud.running.close();
      cloud = new TaskCloud({ ...goodAnswers(), ...answers });
      const refusal = await cloud.refusal(operation, input as Told);

      expect(refusal).to.have.property("code", code);
      if (typeof message === "string") expect(refusal).to.have.property("message", message);
      else expect((refusal as { message: string }).message).to.match(message);
    });
  }

  it("refuse a shell in a task that was started without one, and in one that was started with it", async () => {
    const plain = await cloud.started();
    const withIt = await cloud.started({ ...serviceOrder, enableExecuteCommand: true });
    const ask = { cluster: "shop", command: "sh", interactive: true };

    expect(await cloud.refusal("ExecuteCommand", { ...ask, task: plain.id })).to.deep.equal({
      code: "InvalidParameterException",
      message:
        "The execute command failed because execute command was not enabled when the task was run or the execute command " +
        "agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.",
    });
    expect(await cloud.refusal("ExecuteCommand", { ...ask, task: withIt.id })).to.have.property(
      "code",
      "TargetNotConnectedException",
    );
  });

  it("refuse an unknown definition", async () => {
    const answers = without(goodAnswers(), "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition");
    await cloud.running.close();
    cloud = new TaskCloud(answers);

    expect(await cloud.refusal("RunTask", { ...run, taskDefinition: definitionArn })).to.deep.equal({
      code: "ClientException",
      message: "TaskDefinition not found.",
    });
  });
});
