import { expect } from "chai";
import type { Answer } from "../../../sandbox/model/service-api";
import { clusterArn, revision, revisionArn, serviceArn, setUp } from "./deployment-world";

/** Members that are undefined are not sent. */
const sent = (answer: Answer): unknown => JSON.parse(JSON.stringify(answer));

describe("a service revision", () => {
  it("is told with the digests that its tasks found", async () => {
    const { tell, state, ask } = setUp();
    const container = {
      name: "web",
      image: "shop/web:1.4.2",
      imageDigest: "sha256:abc",
      exitCode: undefined,
      reason: undefined,
      ports: [],
    };
    const pinned = { name: "proxy", image: "shop/proxy@sha256:def" };
    const pair = {
      alternateTargetGroupArn: "tg-b",
      productionListenerRule: "rule",
      roleArn: "role",
    };
    const own = revision("1", {
      containers: [...revision("1").containers, pinned],
      loadBalancers: [{ targetGroupArn: "tg-a", containerName: "web", containerPort: 80, advancedConfiguration: pair }],
      targetGroups: ["tg-b"],
    });
    tell("first", { kind: "created", revision: own });
    state.tasks = [
      { startedBy: "ecs-svc/1", containers: [container] },
      { startedBy: "ecs-svc/other", containers: [{ ...container, imageDigest: "sha256:wrong" }] },
    ];
    tell("first", { kind: "finished", outcome: "successful" });

    const { serviceRevisions } = await ask("DescribeServiceRevisions", { serviceRevisionArns: [revisionArn("1")] });
    expect(sent(serviceRevisions as Answer)).to.deep.equal([
      {
        serviceRevisionArn: revisionArn("1"),
        serviceArn,
        clusterArn,
        taskDefinition: own.taskDefinition,
        launchType: "FARGATE",
        platformVersion: "1.4.0",
        platformFamily: "Linux",
        loadBalancers: own.loadBalancers,
        containerImages: [
          { containerName: "web", image: "shop/web:1.4.2", imageDigest: "sha256:abc" },
          { containerName: "proxy", image: "shop/proxy@sha256:def", imageDigest: "sha256:def" },
        ],
        guardDutyEnabled: false,
        serviceConnectConfiguration: { enabled: false },
        createdAt: "2026-01-01T00:00:00.000Z",
        resolvedConfiguration: { loadBalancers: [{ targetGroupArn: "tg-b", productionListenerRule: "rule" }] },
      },
    ]);
  });
});
