import { expect } from "chai";
import { CloudError } from "../../../../automation/model/cloud-error";
import { preflight, told, type Shop } from "../../../_helpers/a-preflight";
import {
  aDeployment,
  aService,
  aTarget,
  liveImages,
  shopConfig,
  shopContext,
  webGroups,
  webRoute,
} from "../../../_helpers/a-shop-release";

describe("the preflight of what runs", () => {
  const cases: readonly (readonly [what: string, shop: Shop, found: readonly (readonly unknown[])[]])[] = [
    [
      "a live side with missing tasks",
      { meanwhile: ({ containers }) => containers.services.set("shop-web", aService("shop-web", { running: 2 })) },
      [["web", "live-healthy", "shop-web is live and runs 2 of 3 tasks.", 5]],
    ],
    [
      "a live side that somebody has scaled to nothing",
      {
        meanwhile: ({ containers }) =>
          containers.services.set("shop-web", aService("shop-web", { desired: 0, running: 0 })),
      },
      [["web", "live-healthy", "shop-web is live and runs nothing: its desired count is 0.", 5]],
    ],
    [
      "a live side with unhealthy targets, but not those that are leaving",
      {
        meanwhile: ({ traffic }) =>
          traffic.members.set(webGroups.blue, [
            aTarget("10.0.0.1"),
            aTarget("10.0.0.2", "unhealthy", "Target.Timeout"),
            aTarget("10.0.0.3", "draining"),
          ]),
      },
      [
        [
          "web",
          "live-healthy",
          "Target group web-blue of web: 1 of 2 targets are healthy; 10.0.0.2 unhealthy (Target.Timeout).",
          5,
        ],
      ],
    ],
    [
      "a live side without targets",
      { meanwhile: ({ traffic }) => traffic.members.set(webGroups.blue, []) },
      [["web", "live-healthy", "Target group web-blue of web is live and has no target.", 5]],
    ],
    [
      "a deployment in flight, also in the idle slot",
      {
        meanwhile: ({ containers }) =>
          containers.services.set(
            "shop-web-green",
            aService("shop-web-green", {
              deployments: [aDeployment({ id: "ecs-svc/9", rolloutState: "IN_PROGRESS", running: 1 })],
            }),
          ),
      },
      [
        [
          "web",
          "no-deployment",
          "shop-web-green has a deployment in flight: ecs-svc/9, since 2026-11-21T12:00:00.000Z (1 of 3 tasks run).",
          3,
        ],
      ],
    ],
    [
      "a deployment that is still replacing another",
      {
        meanwhile: ({ containers }) =>
          containers.services.set(
            "shop-web",
            aService("shop-web", {
              deployments: [
                aDeployment({ id: "ecs-svc/2", rolloutState: null }),
                aDeployment({ id: "ecs-svc/1", status: "ACTIVE" }),
              ],
            }),
          ),
      },
      [
        [
          "web",
          "no-deployment",
          "shop-web has a deployment in flight: ecs-svc/2, since 2026-11-21T12:00:00.000Z (3 of 3 tasks run).",
          3,
        ],
      ],
    ],
    [
      "traffic that is not all on the live slot",
      { meanwhile: ({ traffic }) => traffic.split.set(webRoute.arn, { blue: 90, green: 10 }) },
      [
        [
          "web",
          "traffic-on-live",
          `Traffic of web is split blue 90 / green 10, and blue is the live slot (${webRoute.arn}).`,
          3,
        ],
      ],
    ],
    [
      "a listener that does not split the traffic any more",
      { changed: (plan) => ({ ...plan, routes: [] }) },
      [["web", "traffic-on-live", "No listener splits traffic between the slots of web/web.", 3]],
    ],
    [
      "another image than the stack remembers",
      {
        meanwhile: ({ containers }) => {
          const known = containers.definitions.get("arn:web:1");
          if (known) containers.definitions.set("arn:web:1", { ...known, images: { ...liveImages, web: "web:hot" } });
        },
      },
      [
        [
          "web",
          "as-remembered",
          `web was changed elsewhere: container web runs web:hot, and the stack remembers ${liveImages.web} (arn:web:1).`,
          3,
        ],
      ],
    ],
    [
      "a task definition that is gone",
      { meanwhile: ({ containers }) => containers.definitions.delete("arn:web:1") },
      [["web", "as-remembered", "web was changed elsewhere: its task definition arn:web:1 is not there.", 3]],
    ],
    [
      "a service that is gone, and one that is going",
      {
        meanwhile: ({ containers }) => {
          containers.services.delete("shop-web");
          containers.services.set("shop-web-green", aService("shop-web-green", { status: "DRAINING" }));
        },
      },
      [
        ["web", "service-exists", "ECS service shop-web (blue) is not there.", 3],
        ["web", "service-exists", "ECS service shop-web-green (green) is DRAINING.", 3],
      ],
    ],
    [
      "a service that is configured to run nothing",
      {
        context: shopContext(shopConfig({ desiredCount: 0 })),
        meanwhile: ({ containers, traffic }) => {
          containers.services.set("shop-web", aService("shop-web", { desired: 0, running: 0 }));
          traffic.members.set(webGroups.blue, []);
        },
      },
      [
        [
          "web",
          "service-exists",
          "web is configured with `desiredCount: 0`: no task would show whether the version works.",
          3,
        ],
      ],
    ],
    [
      "what AWS does not answer, and judges the rest",
      {
        meanwhile: ({ containers, metrics }) => {
          containers.failures.push(
            new CloudError("transient", "ecs:DescribeServices", "ThrottlingException", "slow down"),
          );
          metrics.states.set("shop-orders", { state: "ALARM", reason: "" });
        },
      },
      [
        ["web", "alarms-silent", "Alarm shop-orders fires.", 3],
        ["web", "aws-answers", "ecs:DescribeServices failed: slow down (ThrottlingException)", 1],
      ],
    ],
  ];
  for (const [what, shop, found] of cases) {
    it(`finds ${what}`, async () => {
      expect(told(await preflight(shop))).to.deep.equal(found);
    });
  }
});
