import { expect } from "chai";
import { CloudError } from "../../../automation/model/cloud-error";
import type { TargetView } from "../../../automation/model/release/observed";
import { explainCrash } from "../../../automation/release/explain";
import { aServicePlan } from "../../_helpers/a-service-plan";
import { container, deployment, exited, explained, meaning, stopped, view, world } from "../../_helpers/crash-world";

describe("explainCrash", () => {
  it("finds the reason in the program's last lines rather than in its exit", async () => {
    const lines = ["starting", "Error: connect ECONNREFUSED 10.0.1.7:5432"];

    expect((await explained({ tasks: [exited(1), exited(1)], lines })).text.split("\n")).to.deep.equal([
      "web: 2 tasks failed.",
      "The program cannot reach its database.",
      "  -> Is the instance `available`? Its security group must let 5432 in from the tasks' group; then host and port in the secret.",
      "  Stopped: 2 x EssentialContainerExited: Essential container in task exited",
      "  Ended: 2 x web with exit code 1 (an error of the program)",
      "  Last lines of web:",
      "    starting",
      "    Error: connect ECONNREFUSED 10.0.1.7:5432",
    ]);
  });

  it("tells of unhealthy targets, and not of those that are well", async () => {
    const targets: TargetView[] = [
      {
        id: "10.0.1.4",
        state: "unhealthy",
        reason: "Target.ResponseCodeMismatch: Health checks failed with these codes: [404]",
      },
      {
        id: "10.0.1.5",
        state: "unhealthy",
        reason: "Target.ResponseCodeMismatch: Health checks failed with these codes: [404]",
      },
      { id: "10.0.1.6", state: "healthy", reason: "" },
    ];

    expect((await explained({ targets })).text.split("\n")).to.deep.equal([
      "web: No task has stopped by itself.",
      "The program answers the health check with the wrong code.",
      "  -> Compare `path` and `matcher` of the health check with what the program serves; 503 often means its database.",
      "  Targets: 2 x unhealthy: Target.ResponseCodeMismatch: Health checks failed with these codes: [404]",
    ]);
  });

  it("takes a crash for the reason of unhealthy targets, not the other way round", async () => {
    const targets: TargetView[] = [{ id: "10.0.1.4", state: "unhealthy", reason: "Target.Timeout: Request timed out" }];

    expect(await meaning({ tasks: [exited(1)], targets })).to.equal("The program ends by itself with an error.");
  });

  it("makes nothing of the code of a task that ECS has stopped", async () => {
    const task = {
      ...exited(137),
      stopCode: "ServiceSchedulerInitiated",
      stoppedReason: "Task failed ELB health checks in (target-group x)",
    };

    const { text } = await explained({ tasks: [task] });

    expect(text).to.match(/^web: 1 task failed\.\nTasks were replaced because they were not healthy in time\./);
    expect(text).to.not.include("exit code");
  });

  it("looks into the log of the container that ended first", async () => {
    const containers = [container({ name: "proxy", exitCode: 143, logStream: "proxy/1" }), container({ exitCode: 1 })];

    const { text } = await explained({ tasks: [{ ...exited(1), containers }], lines: ["boom"] });

    expect(text).to.include("Last lines of web:\n    boom");
  });

  it("does not count tasks that were stopped for another reason than themselves", async () => {
    const tasks = [
      stopped({
        stopCode: "ServiceSchedulerInitiated",
        stoppedReason: "Scaling activity initiated by (deployment ecs-svc/1)",
      }),
      stopped({ stopCode: "UserInitiated", stoppedReason: "by hand" }),
      stopped({ stopCode: "TerminationNotice", stoppedReason: "Your Spot Task was interrupted." }),
    ];

    expect((await explained({ tasks })).stopped).to.equal(0);
    expect((await explained({ tasks: [...tasks, exited(1)] })).stopped).to.equal(1);
  });

  it("tells the events of trouble since the deployment began, alike ones once", async () => {
    const service = view(
      [
        [
          "1970-01-01T00:03:00Z",
          "(service web-green) (task 0123456789abcdef0123456789abcdef) failed container health checks.",
        ],
        [
          "1970-01-01T00:02:30Z",
          "(service web-green) (task fedcba9876543210fedcba9876543210) failed container health checks.",
        ],
        ["1970-01-01T00:02:00Z", "(service web-green) has started 2 tasks."],
        ["1970-01-01T00:00:30Z", "(service web-green) was unable to place a task. Reason: old."],
      ],
      "ECS deployment circuit breaker: tasks failed to start.",
    );

    const { text } = await explained({ service });

    expect(text.split("\n").filter((line) => line.startsWith("  ECS"))).to.deep.equal([
      "  ECS: ECS deployment circuit breaker: tasks failed to start.",
      "  ECS: 2 x (service web-green) (task 0123456789abcdef0123456789abcdef) failed container health checks.",
    ]);
  });

  it("takes secrets out of reasons and log lines", async () => {
    const tasks = [{ ...exited(1), stoppedReason: "token=abc123def" }];
    const lines = ["DB_PASSWORD=hunter2", "postgres://app:hunter2@db:5432/shop", "AKIAIOSFODNN7EXAMPLE"];

    expect((await explained({ tasks, lines })).text).to.not.match(/hunter2|abc123def|AKIAIOSF/);
  });

  it("says what cannot be asked, and does not fail", async () => {
    const ports = world({ tasks: [exited(1)] });
    ports.metrics.failures.push(new CloudError("denied", "logs:GetLogEvents", "AccessDenied", "not allowed"));
    ports.traffic.failures.push(new Error("socket hang up"));

    const { stopped: count, text } = await explainCrash(ports, aServicePlan(), "green", deployment);

    expect(count).to.equal(1);
    expect(text.split("\n").slice(-2)).to.deep.equal([
      "  Not known: target health: socket hang up",
      "  Not known: log of web: not allowed",
    ]);
  });

  it("stays short however much there is", async () => {
    const tasks = Array.from({ length: 10 }, (_, index) => ({
      ...exited(index + 1),
      stoppedReason: `reason ${index} `.repeat(90),
    }));
    const targets = Array.from({ length: 9 }, (_, index): TargetView => ({
      id: `${index}`,
      state: "unhealthy",
      reason: `reason ${index}`,
    }));
    const service = view(Array.from({ length: 20 }, (_, index) => ["1970-01-01T00:02:00Z", `error ${index}`] as const));
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);

    const found = (await explained({ tasks, targets, service, lines })).text.split("\n");

    expect(found.length).to.be.at.most(25);
    expect(Math.max(...found.map(({ length }) => length))).to.equal(300);
  });
});
