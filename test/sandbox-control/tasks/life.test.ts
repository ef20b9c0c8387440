import { expect } from "chai";
import fc from "fast-check";
import { next, type TaskEvent } from "../../../sandbox/tasks/life/next";
import { newTask } from "../../../sandbox/tasks/life/new-task";
import { taskHealth, type TaskState } from "../../../sandbox/tasks/life/task-state";
import { serviceOrder } from "./task-cloud";

const start = new Date("2026-01-01T00:00:00Z");
const attachment = { id: "a", interfaceId: "eni-1", macAddress: "0a:00", subnet: "subnet-a", ip: "127.1.0.1" };
const container = {
  name: "web",
  image: "web:1",
  imageDigest: undefined,
  runtimeId: undefined,
  lastStatus: "PENDING",
  exitCode: undefined,
  reason: undefined,
  health: "UNKNOWN",
  essential: true,
  hasHealthCheck: false,
  ports: [8080],
  cpu: 0,
  memory: undefined,
  memoryReservation: undefined,
} as const;

const wholeLife: readonly TaskEvent[] = [
  { kind: "defined", cpu: "256", memory: "512", containers: [container] },
  { kind: "attached", attachment },
  { kind: "pull-started" },
  { kind: "pulled", digests: { web: "sha256:1" } },
  { kind: "activating" },
  { kind: "container-started", name: "web", runtimeId: "r-1" },
  { kind: "running" },
  { kind: "stop-wanted", code: "UserInitiated", text: "enough" },
  { kind: "deactivating" },
  { kind: "stopping" },
  { kind: "container-stopped", name: "web", exitCode: 0 },
  { kind: "deprovisioning" },
  { kind: "stopped" },
];

/** Seconds pass between the events. */
const lived = (events: readonly TaskEvent[]): readonly TaskState[] => {
  const states = [newTask(serviceOrder, start)];
  events.forEach((event, index) => {
    const before = states[index];
    if (before) states.push(next(before, event, new Date(start.getTime() + (index + 1) * 1000)));
  });
  return states;
};

describe("the life of a task", () => {
  it("goes through all states in order, with the version that AWS' samples have", () => {
    const seen = lived(wholeLife).map(({ status, desired, version }) => `${status} ${desired} ${version}`);

    expect([...new Set(seen)]).to.deep.equal([
      "PROVISIONING RUNNING 1",
      "PENDING RUNNING 2",
      "ACTIVATING RUNNING 3",
      "RUNNING RUNNING 4",
      "RUNNING STOPPED 5",
      "DEACTIVATING STOPPED 5",
      "STOPPING STOPPED 5",
      "DEPROVISIONING STOPPED 5",
      "STOPPED STOPPED 6",
    ]);
  });

  it("keeps the first reason to stop", () => {
    const again: TaskEvent = { kind: "stop-wanted", code: "ServiceSchedulerInitiated", text: "scaling" };
    const state = lived([...wholeLife.slice(0, 8), again]).at(-1);

    expect([state?.stopCode, state?.stoppedReason, state?.version]).to.deep.equal(["UserInitiated", "enough", 5]);
  });

  it("tells no exit code of a container that never started, and cuts its reason to what AWS allows", () => {
    const states = lived([
      ...wholeLife.slice(0, 3),
      { kind: "container-stopped", name: "web", reason: "x".repeat(2000) },
      { kind: "stop-wanted", code: "TaskFailedToStart", text: "CannotPullContainerError" },
      { kind: "deprovisioning" },
      { kind: "stopped" },
    ]);
    const end = states.at(-1);

    expect(end?.containers[0]).to.deep.include({
      lastStatus: "STOPPED",
      exitCode: undefined,
      reason: "x".repeat(1024),
    });
    expect(end?.dates.startedAt).to.equal(undefined);
  });

  it("never goes back, and keeps its dates in the order of AWS, whatever happens in whatever order", () => {
    const order = [
      "PROVISIONING",
      "PENDING",
      "ACTIVATING",
      "RUNNING",
      "DEACTIVATING",
      "STOPPING",
      "DEPROVISIONING",
      "STOPPED",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...wholeLife), { maxLength: 40 }), (events) => {
        const states = lived(events);
        const ranks = states.map(({ status }) => order.indexOf(status));
        const versions = states.map(({ version }) => version);
        expect(ranks).to.deep.equal([...ranks].sort((a, b) => a - b));
        expect(versions).to.deep.equal([...versions].sort((a, b) => a - b));
        const dates = states.at(-1)?.dates;
        expect((dates?.stoppedAt ?? Infinity) >= (dates?.createdAt ?? Infinity)).to.equal(true);
        if (dates?.startedAt && dates.stoppingAt) {
          expect(dates.startedAt.getTime()).to.be.at.most(dates.stoppingAt.getTime());
        }
      }),
    );
  });

  it("is put into the first of its subnets, and each subnet into a zone of its own", () => {
    const zones = [["subnet-a", "subnet-b"], ["subnet-b", "subnet-a"], ["subnet-c"]].map((subnets) => {
      const { zone, subnet } = newTask(
        { ...serviceOrder, networkConfiguration: { awsvpcConfiguration: { subnets } } },
        start,
      );
      return `${zone} ${subnet}`;
    });

    expect(zones).to.deep.equal(["eu-central-1a subnet-a", "eu-central-1b subnet-b", "eu-central-1a subnet-c"]);
  });

  const healths: readonly (readonly [
    string,
    readonly (readonly [boolean, "HEALTHY" | "UNHEALTHY" | "UNKNOWN"])[],
    string,
  ])[] = [
    [
      "healthy when all essential containers are",
      [
        [true, "HEALTHY"],
        [true, "HEALTHY"],
      ],
      "HEALTHY",
    ],
    [
      "unhealthy when one is",
      [
        [true, "HEALTHY"],
        [true, "UNHEALTHY"],
        [true, "UNKNOWN"],
      ],
      "UNHEALTHY",
    ],
    [
      "unknown when one is and none is unhealthy",
      [
        [true, "HEALTHY"],
        [true, "UNKNOWN"],
      ],
      "UNKNOWN",
    ],
    [
      "healthy whatever a container is that is not essential",
      [
        [true, "HEALTHY"],
        [false, "UNHEALTHY"],
      ],
      "HEALTHY",
    ],
    ["unknown without containers", [], "UNKNOWN"],
  ];
  for (const [name, containers, expected] of healths) {
    it(`is ${name}`, () => {
      expect(taskHealth(containers.map(([essential, health]) => ({ essential, health })))).to.equal(expected);
    });
  }
});
